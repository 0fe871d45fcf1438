using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Observability.Logging;
using Observability.Resources;

namespace Observability.Configuration;

/// <summary>Derives the settings of the JSON lines: who speaks from the resource, the rest from the section <c>Observability:Logs:JsonLines</c>.</summary>
internal sealed class JsonLinesSetup(Settings settings, ProcessResource resource) : IConfigureOptions<JsonLinesOptions>
{
    public void Configure(JsonLinesOptions options)
    {
        options.Service = resource["service.name"] ?? options.Service;
        options.ServiceVersion = resource["service.version"] ?? options.ServiceVersion;
        options.Environment = resource["deployment.environment.name"] ?? options.Environment;
        options.ExitWaitMilliseconds = (int)Math.Min(settings.Unvalidated.ShutdownTimeout.TotalMilliseconds, 60_000);
        options.Redaction.KeepQueryValues = settings.Unvalidated.Logs.KeepQueryValues;
        settings.Usable("Logs:" + SettingsShape.JsonLines).Bind(options);
    }
}

using System.Reflection;
using Microsoft.Extensions.Hosting;
using Observability.Configuration;
using Observability.Diagnostics;
using OpenTelemetry.Resources;

namespace Observability.Resources;

/// <summary>Who speaks, found out once and used by all three signals and by the log lines.</summary>
internal sealed class ProcessResource(Settings settings, IHostEnvironment? host = null) : IResourceDetector
{
    private readonly Lazy<Resource> _resource = new(() =>
    {
        var options = settings.Unvalidated;
        var given = new GivenIdentity
        {
            ServiceName = options.ServiceName,
            ServiceNamespace = options.ServiceNamespace,
            ServiceVersion = options.ServiceVersion,
            ServiceInstanceId = options.ServiceInstanceId,
            Environment = options.Environment,
            HostEnvironment = host?.EnvironmentName,
            Attributes = options.ResourceAttributes,
        };
        return DetectedResource.Of(given, settings.Variable, Assembly.GetEntryAssembly(), CoreEventSource.Log.ResourceIncomplete).Detect();
    });

    public string? this[string attribute] => _resource.Value.Attributes.FirstOrDefault(entry => entry.Key == attribute).Value?.ToString();

    public Resource Detect() => _resource.Value;
}

using System.Reflection;
using Microsoft.Extensions.Hosting;
using Observability.Configuration;
using Observability.Diagnostics;
using OpenTelemetry.Resources;

namespace Observability.Resources;

/// <summary>Who speaks, found out once and used by all three signals and by the log lines.</summary>
internal sealed class ProcessResource(Settings settings, IHostEnvironment? host = null) : IResourceDetector
{
    private readonly Lazy<Findings> _found = new(() =>
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
        var faults = new List<string>();
        return new Findings(DetectedResource.Of(given, settings.Variable, Assembly.GetEntryAssembly(), faults.Add).Detect(), faults);
    });

    public string? this[string attribute] => Detect().Attributes.FirstOrDefault(entry => entry.Key == attribute).Value?.ToString();

    public Resource Detect() => _found.Value.Resource;

    /// <summary>Tells what could not be found out: settings are judged by the resource, before anybody listens to diagnostics.</summary>
    public void Tell() => _found.Value.Faults.ForEach(CoreEventSource.Log.ResourceIncomplete);

    private sealed record Findings(Resource Resource, List<string> Faults);
}

using System.Reflection;
using OpenTelemetry.Resources;

namespace Observability.Resources;

/// <summary>
/// Everything that is known about this process, as one OpenTelemetry detector: what the user said, then <c>OTEL_RESOURCE_ATTRIBUTES</c>, then what
/// can be found out. A detector that fails is reported and costs its own attributes only.
/// </summary>
internal sealed class DetectedResource(IReadOnlyList<IFactDetector> detectors, Action<string> report) : IResourceDetector
{
    /// <summary>The order is the precedence; later ones also build on what earlier ones found.</summary>
    public static DetectedResource Of(GivenIdentity given, Func<string, string?> environment, Assembly? entry, Action<string> report, MachineFiles? files = null)
    {
        files ??= new MachineFiles();
        return new DetectedResource(
            [
                new GivenDetector(given),
                new VariableDetector(environment, report),
                new KubernetesDetector(environment, files),
                new ContainerDetector(files),
                new HostDetector(files),
                new OperatingSystemDetector(files),
                new ProcessDetector(),
                new DeploymentDetector(given.HostEnvironment, environment),
                new ServiceDetector(entry),
            ],
            report);
    }

    public Resource Detect()
    {
        var facts = new ResourceFacts();
        foreach (var detector in detectors)
        {
            try
            {
                detector.Detect(facts);
            }
            catch (Exception exception)
            {
                // A file that cannot be read, a platform that does not tell: telemetry starts without these attributes.
                report($"{detector.GetType().Name} failed, its resource attributes are missing: {exception.Message}");
            }
        }
        return new Resource(facts.All);
    }
}

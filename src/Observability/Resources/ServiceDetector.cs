using System.Reflection;

namespace Observability.Resources;

/// <summary>
/// <c>service.*</c> where nobody gave them: name and version of the entry assembly. The instance is, in Kubernetes, its namespace, pod and
/// container (as the convention proposes); elsewhere a random UUID.
/// </summary>
internal sealed class ServiceDetector(Assembly? entry) : IFactDetector
{
    public void Detect(ResourceFacts facts)
    {
        var named = entry?.GetName().Name;
        facts.Add("service.name", named ?? "unknown_service:" + (Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "dotnet"));
        facts.Add("service.version", entry?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? entry?.GetName().Version?.ToString());
        facts.Add("service.instance.id", InKubernetes(facts) ?? Guid.NewGuid().ToString());
    }

    private static string? InKubernetes(ResourceFacts facts) =>
        facts.TryGet("k8s.namespace.name", out var space) && facts.TryGet("k8s.pod.name", out var pod) && facts.TryGet("k8s.container.name", out var container)
            ? $"{space}.{pod}.{container}"
            : null;
}

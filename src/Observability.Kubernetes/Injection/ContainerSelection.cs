using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>Which containers of a pod are meant.</summary>
internal static class ContainerSelection
{
    private const string All = "*";

    /// <param name="pod">The pod.</param>
    /// <param name="missing">Names that were asked for and that no container has.</param>
    public static List<JsonObject> Of(JsonObject pod, out List<string> missing)
    {
        missing = [];
        var spec = pod.Object("spec");
        var regular = spec.Objects("containers").Where(HasName).ToList();
        var initial = spec.Objects("initContainers").Where(HasName).Where(container => container.Text("name") != InjectionSettings.InitContainer).ToList();
        var annotations = pod.Object("metadata").Object("annotations");
        var asked = annotations.Text(PodAnnotations.Containers)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (asked.Contains(All)) return [.. regular, .. initial.Where(IsSidecar)];
        if (asked.Length == 0)
        {
            // An injected proxy may stand first; the annotation that kubectl follows tells who is meant.
            var preferred = annotations.Text(PodAnnotations.DefaultContainer);
            return [.. regular.Where(container => container.Text("name") == preferred).Concat(regular).Take(1)];
        }
        var named = regular.Concat(initial).Where(container => asked.Contains(container.Text("name"))).ToList();
        missing.AddRange(asked.Distinct().Where(name => named.TrueForAll(container => container.Text("name") != name)));
        return named;
    }

    /// <summary>An init container that stays, beside the others.</summary>
    private static bool IsSidecar(JsonObject container) => container.Text("restartPolicy") == "Always";

    private static bool HasName(JsonObject container) => !string.IsNullOrEmpty(container.Text("name"));
}

using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>Why a container is left alone. Whatever is not certain to be harmless is an obstacle.</summary>
internal static class ContainerObstacles
{
    /// <summary>The reason, or null when there is none.</summary>
    public static string? Of(JsonObject container, InjectionSettings settings)
    {
        var name = container.Text("name");
        var variables = new ContainerVariables(container);
        if (variables.ForeignProfiler() is { } profiler) return $"container {name} has another agent's profiler ({profiler})";
        if (variables.Find(ContainerVariables.Hooks) is { } hooks && ContainerVariables.IsFromElsewhere(hooks))
            return $"container {name} takes {ContainerVariables.Hooks} from a reference (valueFrom), which is never touched";
        foreach (var mount in container.Objects("volumeMounts"))
        {
            if (mount.Text("mountPath")?.TrimEnd('/') == settings.MountPath && mount.Text("name") != InjectionSettings.Volume)
                return $"container {name} mounts another volume at {settings.MountPath}";
        }
        return null;
    }

    /// <summary>The same for the pod as a whole.</summary>
    public static string? OfPod(JsonObject pod)
    {
        var spec = pod.Object("spec");
        if (spec is null) return "the pod has no spec";
        if (spec.Object("os").Text("name") == "windows" || spec.Object("nodeSelector").Text("kubernetes.io/os") == "windows") return "the pod runs on Windows";
        foreach (var volume in spec.Objects("volumes"))
        {
            if (volume.Text("name") == InjectionSettings.Volume && volume["emptyDir"] is null) return $"a volume of the pod's own is named {InjectionSettings.Volume}";
        }
        return null;
    }
}

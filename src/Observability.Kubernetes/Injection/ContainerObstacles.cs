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
        if (new PayloadMount(settings.MountPath).Obstacle(container) is { } path) return $"container {name} mounts a volume of its own at {path}, in the way of {settings.MountPath}";
        return null;
    }

    /// <summary>The same for the pod as a whole. What an earlier call has put in is known by the installer, which has the volume mounted where it belongs.</summary>
    public static string? OfPod(JsonObject pod, InjectionSettings settings)
    {
        var spec = pod.Object("spec");
        if (spec is null) return "the pod has no spec";
        if (PodPlatform.MayBeWindows(spec)) return "the pod runs on Windows, or may do so";
        var installers = spec.Objects("initContainers").Where(IsNamedAsInstaller).ToList();
        if (spec.Objects("containers").Any(IsNamedAsInstaller) || !installers.TrueForAll(new PayloadMount(settings.MountPath).IsIn))
            return $"a container of the pod's own is named {InjectionSettings.InitContainer}";
        var volumes = spec.Objects("volumes").Where(volume => volume.Text("name") == InjectionSettings.Volume);
        return volumes.Any(volume => installers.Count == 0 || volume["emptyDir"] is null) ? $"a volume of the pod's own is named {InjectionSettings.Volume}" : null;
    }

    private static bool IsNamedAsInstaller(JsonObject container) => container.Text("name") == InjectionSettings.InitContainer;
}

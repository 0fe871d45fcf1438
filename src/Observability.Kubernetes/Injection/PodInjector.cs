using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>
/// Decides what a pod gets. Append, never overwrite; each step adds only what is not there, so that a second call, after other
/// webhooks have had their turn, adds only what they brought.
/// </summary>
internal sealed class PodInjector(InjectionSettings settings)
{
    /// <summary>Characters of a patch. The API server's store takes pods of 1.5 MiB, and what the pod says of itself may be repeated for each container.</summary>
    private const int MostAdded = 512 * 1024;

    /// <param name="original">The pod as the API server sends it. It is not changed.</param>
    /// <param name="space">The namespace of the request; a pod that is being created often does not name it.</param>
    public Injection Inject(JsonObject original, string? space)
    {
        if (original.Object("metadata").Object("annotations").Text(PodAnnotations.Inject) != "true") return Injection.NotAsked;
        var pod = (JsonObject)original.DeepClone();
        if (ContainerObstacles.OfPod(pod, settings) is { } obstacle) return Refused(pod, obstacle);

        var chosen = ContainerSelection.Of(pod, out var missing);
        var obstacles = missing.ConvertAll(name => $"there is no container {name}");
        var served = new List<JsonObject>();
        foreach (var container in chosen)
        {
            if (ContainerObstacles.Of(container, settings) is { } reason) obstacles.Add(reason);
            else served.Add(container);
        }
        if (served.Count == 0) return Refused(pod, obstacles.Count == 0 ? "the pod has no container" : string.Join("; ", obstacles));
        var injection = Serve(pod, served, obstacles, space);
        return injection.Patch.ToJsonString().Length <= MostAdded ? injection : Refused((JsonObject)original.DeepClone(), $"what would be put in is longer than {MostAdded} characters");
    }

    private Injection Serve(JsonObject pod, List<JsonObject> served, List<string> obstacles, string? space)
    {
        var patch = new PatchList();
        var injection = new ContainerInjection(settings, patch);
        foreach (var container in served) injection.AddTo(container, pod, space);
        var spec = pod.Object("spec")!;
        if (!spec.Objects("volumes").Any(volume => volume.Text("name") == InjectionSettings.Volume))
        {
            patch.Append(spec, "volumes", new JsonObject
            {
                ["name"] = InjectionSettings.Volume,
                ["emptyDir"] = new JsonObject { ["sizeLimit"] = settings.SizeLimit },
            });
        }

        // In front of all: sidecars among the init containers need it as well, and the others keep their order.
        if (!spec.Objects("initContainers").Any(container => container.Text("name") == InjectionSettings.InitContainer))
            patch.Prepend(spec, "initContainers", InstallerContainer.For(pod, served[0], settings, injection.Mount(readOnly: false)));

        var outcome = patch.Operations.Count == 0 ? InjectionOutcome.Unchanged : InjectionOutcome.Injected;
        return new Injection(outcome, PodNote.Write(pod, patch, injected: true, Told(served, obstacles)), patch.Operations);
    }

    private static string Told(List<JsonObject> served, List<string> obstacles)
    {
        var parts = new List<string> { "injected into " + string.Join(", ", served.Select(container => container.Text("name"))) };
        parts.AddRange(obstacles);
        parts.AddRange(served.Where(container => new ContainerVariables(container).HasUnseen)
            .Select(container => $"envFrom of {container.Text("name")} was not looked into: a {ContainerVariables.Hooks} in there is hidden now"));
        return string.Join("; ", parts);
    }

    private static Injection Refused(JsonObject pod, string reason)
    {
        var patch = new PatchList();
        return new Injection(InjectionOutcome.Refused, PodNote.Write(pod, patch, injected: false, reason), patch.Operations);
    }
}

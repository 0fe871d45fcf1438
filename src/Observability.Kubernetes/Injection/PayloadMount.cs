using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>Where containers mount what. Paths are compared by where they lead: <c>/opt//observability/.</c> is <c>/opt/observability</c>.</summary>
internal sealed class PayloadMount(string path)
{
    private readonly List<string> _steps = Steps(path);

    /// <summary>Whether the container mounts the payload's volume where it belongs.</summary>
    public bool IsIn(JsonObject container) => container.Objects("volumeMounts").Any(IsOurs);

    /// <summary>The path of a mount of the container's own that is there already, above or below; null when there is none.</summary>
    public string? Obstacle(JsonObject container) =>
        container.Objects("volumeMounts").Where(mount => !IsOurs(mount)).Select(mount => mount.Text("mountPath")).FirstOrDefault(taken => taken is not null && IsInTheWay(taken));

    private bool IsOurs(JsonObject mount) => mount.Text("name") == InjectionSettings.Volume && mount.Text("mountPath") is { } taken && Steps(taken).SequenceEqual(_steps);

    /// <summary>One of the two leads to, or through, the other.</summary>
    private bool IsInTheWay(string taken) => Steps(taken).Zip(_steps).All(pair => pair.First == pair.Second);

    private static List<string> Steps(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "..") steps.RemoveRange(Math.Max(0, steps.Count - 1), Math.Min(1, steps.Count));
            else if (step != ".") steps.Add(step);
        }
        return steps;
    }
}

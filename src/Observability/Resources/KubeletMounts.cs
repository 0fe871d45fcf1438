namespace Observability.Resources;

/// <summary>What the kubelet's bind mounts betray: <c>…/kubelet/pods/{uid}/containers/{name}/{hash}</c> on <c>/dev/termination-log</c>.</summary>
internal static class KubeletMounts
{
    private const string Pods = "/pods/";

    public static bool IsKubelets(string line) => line.Contains("/kubelet/pods/", StringComparison.Ordinal) || Root(line) is { } root && root.StartsWith(Pods, StringComparison.Ordinal);

    /// <summary>The pod's uid and, where a mount shows it, the container's name.</summary>
    public static (string? PodUid, string? ContainerName) Read(IEnumerable<string> lines)
    {
        string? uid = null, container = null;
        foreach (var line in lines.Where(IsKubelets))
        {
            var path = Root(line)!;
            var rest = path[(path.IndexOf(Pods, StringComparison.Ordinal) + Pods.Length)..].Split('/');
            if (Guid.TryParseExact(rest[0], "D", out _)) uid ??= rest[0];
            if (rest is [_, "containers", { Length: > 0 } name, ..]) container ??= name;
        }
        return (uid, container);
    }

    /// <summary>The fourth field: what of its file system the mount shows. (Where /var/lib/kubelet is a file system of its own, the path starts at it.)</summary>
    private static string? Root(string line)
    {
        // Most mounts are none of these, and not worth their pieces.
        if (!line.Contains(Pods, StringComparison.Ordinal)) return null;
        var fields = line.Split(' ', 5);
        return fields.Length == 5 && fields[3].Contains(Pods, StringComparison.Ordinal) ? fields[3] : null;
    }
}

namespace Observability.Resources;

/// <summary>Finds the container's id in what the kernel tells the process about itself.</summary>
internal static class ContainerId
{
    private const int IdLength = 64;
    private const int TaskIdLength = 32;

    /// <summary>
    /// <c>/proc/self/cgroup</c>: the last path segment that holds an id, bare (<c>/docker/{id}</c>, <c>/kubepods/…/{id}</c>) or as systemd writes it
    /// (<c>docker-{id}.scope</c>, <c>cri-containerd:{id}</c>); on AWS Fargate <c>{32 hex}-{digits}</c>.
    /// </summary>
    public static string? FromControlGroups(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            // hierarchy:controllers:path, and systemd's paths have colons of their own.
            var fields = line.Split(':', 3);
            if (fields.Length < 3) continue;
            foreach (var segment in fields[2].Split('/').Reverse())
                if (InSegment(segment) is { } id) return id;
        }
        return null;
    }

    /// <summary>
    /// <c>/proc/self/mountinfo</c>: Docker and Podman mount <c>/etc/hostname</c> and its like from a folder <c>…containers/{id}/…</c>. In a Kubernetes
    /// pod that folder is the pause container's, whose id would be wrong: no answer then.
    /// </summary>
    public static string? FromMounts(IReadOnlyList<string> lines)
    {
        if (lines.Any(KubeletMounts.IsKubelets)) return null;
        foreach (var line in lines)
        {
            // Most mounts are none of these, and not worth their pieces.
            if (!line.Contains("containers/", StringComparison.Ordinal)) continue;
            var fields = line.Split(' ');
            if (fields.Length < 5 || fields[4] is not ("/etc/hostname" or "/etc/resolv.conf" or "/etc/hosts" or "/run/.containerenv")) continue;
            var path = fields[3].Split('/');
            for (var i = 1; i < path.Length; i++)
                if (path[i - 1].EndsWith("containers", StringComparison.Ordinal) && IsHex(path[i], IdLength)) return path[i];
        }
        return null;
    }

    private static string? InSegment(string segment)
    {
        var name = segment.EndsWith(".scope", StringComparison.Ordinal) ? segment[..^".scope".Length] : segment;
        if (name.Length > TaskIdLength && name[TaskIdLength] == '-' && IsHex(name[..TaskIdLength], TaskIdLength) && name.AsSpan(TaskIdLength + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            return name;
        var tail = name[(name.LastIndexOfAny(['-', ':']) + 1)..];
        return IsHex(tail, IdLength) ? tail : null;
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}

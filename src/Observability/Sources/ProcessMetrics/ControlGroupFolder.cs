namespace Observability.Sources.ProcessMetrics;

/// <summary>Where a hierarchy's files for this process lie: its own folder first, then its parents up to the mount point.</summary>
internal sealed class ControlGroupFolder
{
    private readonly string[] _upwards;

    private ControlGroupFolder(string[] upwards) => _upwards = upwards;

    public string File(string name) => Path.Combine(_upwards[0], name);

    /// <summary>The smallest of the values that the levels give; a parent's limit binds its children.</summary>
    public T? Tightest<T>(Func<string, T?> read)
        where T : struct
    {
        T? tightest = null;
        foreach (var level in _upwards)
            if (read(level) is { } value && (tightest is null || Comparer<T>.Default.Compare(value, tightest.Value) < 0)) tightest = value;
        return tightest;
    }

    /// <summary>
    /// Joins /proc/self/cgroup with /proc/self/mountinfo. In a container the path may be the host's, of which only the end, or nothing, is mounted: then the mount
    /// point itself is the group. Null when the hierarchy is not mounted, or the process is in its root, which is the whole machine.
    /// </summary>
    /// <param name="files">Where the two files are.</param>
    /// <param name="controller">A controller of version 1, or empty for version 2.</param>
    public static ControlGroupFolder? Find(ProcFiles files, string controller)
    {
        if (PathOf(files, controller) is not { } path || MountOf(files, controller) is not var (root, point)) return null;
        var below = path.StartsWith(root, StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal) ? path[root.Length..].Trim('/') : "";
        var top = files.MountPrefix + point;
        var levels = new List<string>();
        for (var part = below; part.Length > 0; part = Path.GetDirectoryName(part) ?? "") levels.Add(Path.Combine(top, part));
        levels.Add(top);
        levels = [.. levels.SkipWhile(level => !Directory.Exists(level))];
        return levels.Count == 0 || IsRoot(levels[0]) ? null : new ControlGroupFolder([.. levels]);
    }

    /// <summary>The kernel puts the first file only into version 1's roots, the second into every group of version 2 but its root.</summary>
    private static bool IsRoot(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "release_agent")) || (System.IO.File.Exists(Path.Combine(folder, "cgroup.controllers")) && !System.IO.File.Exists(Path.Combine(folder, "cgroup.type")));

    private static string? PathOf(ProcFiles files, string controller)
    {
        foreach (var line in Lines(files, "cgroup"))
        {
            var fields = line.Split(':', 3);
            if (fields.Length == 3 && fields[1].Split(',').Contains(controller)) return fields[2];
        }
        return null;
    }

    private static (string Root, string Point)? MountOf(ProcFiles files, string controller)
    {
        foreach (var line in Lines(files, "mountinfo"))
        {
            // Most mounts are none of these, and not worth their pieces.
            if (!line.Contains(" - cgroup", StringComparison.Ordinal)) continue;
            var halves = line.Split(" - ", 2);
            var mount = halves[0].Split(' ');
            var type = halves.Length == 2 ? halves[1].Split(' ') : [];
            if (mount.Length < 5 || type.Length < 3) continue;
            var isIt = controller.Length == 0 ? type[0] == "cgroup2" : type[0] == "cgroup" && type[2].Split(',').Contains(controller);
            if (isIt) return (mount[3], mount[4]);
        }
        return null;
    }

    private static string[] Lines(ProcFiles files, string name)
    {
        try
        {
            return System.IO.File.ReadAllLines(Path.Combine(files.Self, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or hidden: no control group to speak of.
            return [];
        }
    }
}

using System.Globalization;

namespace Observability.Ebpf.KernelEvents;

/// <summary>
/// How often and for how long this process's control group has been kept from its processors since the last reading: <c>cpu.stat</c>, version 1 or 2. A wait for a processor while
/// the quota was used up is throttling, another is contention. Read by one thread, and only when a wait was reported.
/// </summary>
internal sealed class Throttling
{
    /// <summary>A reading serves all waits of a moment.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(20);

    private readonly Func<string> _groups;
    private readonly string _root;
    private readonly TimeProvider _time;
    private string _knownGroups = "";
    private string? _file;
    private long _readAt;
    private (long Periods, double Seconds) _total;
    private (long Periods, double Seconds)? _last;

    /// <param name="groups">The text of <c>/proc/self/cgroup</c>; a process may be moved.</param>
    /// <param name="root">Where control groups are mounted.</param>
    /// <param name="time">The clock.</param>
    public Throttling(Func<string> groups, string root, TimeProvider time)
    {
        (_groups, _root, _time) = (groups, root, time);
        // What was before is nobody's here.
        _ = Read();
        _last = null;
    }

    public static Throttling OfThisProcess(TimeProvider time) => new(static () => File.ReadAllText("/proc/self/cgroup"), "/sys/fs/cgroup", time);

    /// <summary>Null without a quota.</summary>
    public (long Periods, double Seconds)? Read()
    {
        var now = _time.GetTimestamp();
        if (_last is not null && _time.GetElapsedTime(_readAt, now) < Fresh) return _last;
        try
        {
            var groups = _groups();
            var hasMoved = groups != _knownGroups;
            if (hasMoved) (_knownGroups, _file) = (groups, groups.Split('\n').SelectMany(Candidates).FirstOrDefault(file => File.Exists(file) && Total(File.ReadAllText(file)) is not null));
            if (_file is null || Total(File.ReadAllText(_file)) is not { } total) return _last = null;
            _last = hasMoved ? (0, 0) : (total.Periods - _total.Periods, Math.Round(total.Seconds - _total.Seconds, 9));
            (_total, _readAt) = (total, now);
            return _last;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return _last = null;
        }
    }

    /// <summary>Null when the text has no figures of throttling: the group has no quota, or is the machine's.</summary>
    public static (long Periods, double Seconds)? Total(string text)
    {
        long? periods = null;
        double? seconds = null;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ');
            if (words.Length != 2 || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)) continue;
            if (words[0] == "nr_throttled") periods = value;
            else if (words[0] == "throttled_usec") seconds = value / 1e6;
            else if (words[0] == "throttled_time") seconds = value / 1e9;
        }
        return periods is { } p && seconds is { } s ? (p, s) : null;
    }

    /// <summary>A line is <c>number:controllers:path</c>. In a container the group is mounted at the root, whatever the path says.</summary>
    private IEnumerable<string> Candidates(string line)
    {
        var parts = line.Split(':', 3);
        if (parts.Length != 3) yield break;
        string[] mounts = parts[0] == "0" ? [_root, Path.Combine(_root, "unified")] : parts[1].Split(',').Contains("cpu") ? [Path.Combine(_root, parts[1]), Path.Combine(_root, "cpu")] : [];
        foreach (var mount in mounts)
        {
            yield return Path.Combine(mount, parts[2].TrimStart('/'), "cpu.stat");
            yield return Path.Combine(mount, "cpu.stat");
        }
    }
}

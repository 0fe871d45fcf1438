using System.Globalization;
using Observability.Ebpf.Agent.Tenants;

namespace Observability.Ebpf.Agent.Events;

/// <summary>
/// Reads <c>cpu.stat</c> of the control groups whose threads waited: a wait while the quota was used up is throttling, another is contention, and the scheduler's events alone cannot
/// tell them apart. Version 1 and 2 of control groups.
/// </summary>
internal sealed class Throttling(string root, TimeProvider time)
{
    /// <summary>A reading serves all waits of a moment.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(50);

    private const int Most = 4_096;

    /// <summary>Processes are moved, get their quota later, and their numbers are given again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly Dictionary<uint, (string? File, long At)> _files = [];
    private readonly Dictionary<string, Counter> _counters = [];

    /// <summary>What was throttled since the reading before; null when the process has no quota, or has ended.</summary>
    public ThrottlingReading? Read(uint process)
    {
        if (!_files.TryGetValue(process, out var known) || time.GetElapsedTime(known.At) > Remembered)
        {
            if (_files.Count >= Most) _files.Clear();
            _files[process] = known = (FileOf(process), time.GetTimestamp());
        }
        if (known.File is not { } file) return null;
        if (!_counters.TryGetValue(file, out var counter))
        {
            if (_counters.Count >= Most) _counters.Clear();
            _counters[file] = counter = new Counter();
        }
        return Read(file, counter);
    }

    public static (long Periods, long Nanoseconds)? Parse(string text)
    {
        long? periods = null, nanoseconds = null;
        foreach (var line in text.Split('\n'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !long.TryParse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) continue;
            switch (line[..space])
            {
                case "nr_throttled": periods = value; break;
                case "throttled_usec": nanoseconds = value * 1_000; break;
                case "throttled_time": nanoseconds = value; break;
            }
        }
        return periods is { } p && nanoseconds is { } n ? (p, n) : null;
    }

    private ThrottlingReading? Read(string file, Counter counter)
    {
        var now = time.GetTimestamp();
        if (counter.ReadAt is { } at && time.GetElapsedTime(at, now) < Fresh) return counter.Last;
        try
        {
            if (Parse(File.ReadAllText(file)) is not { } total) return null;
            // What was before anybody waited is not this wait's.
            counter.Last = counter.ReadAt is null
                ? default
                : new ThrottlingReading(total.Periods - counter.Periods, TimeSpan.FromMicroseconds((total.Nanoseconds - counter.Nanoseconds) / 1e3));
            (counter.ReadAt, counter.Periods, counter.Nanoseconds) = (now, total.Periods, total.Nanoseconds);
            return counter.Last;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? FileOf(uint process)
    {
        foreach (var line in ProcessFacts.ControlGroups(process.ToString(CultureInfo.InvariantCulture)))
        {
            // number:controllers:path
            var parts = line.Split(':', 3);
            if (parts.Length != 3) continue;
            var isSecond = parts[0] == "0";
            if (!isSecond && !parts[1].Split(',').Contains("cpu")) continue;
            foreach (var mount in isSecond ? new[] { root, Path.Combine(root, "unified") } : [Path.Combine(root, parts[1]), Path.Combine(root, "cpu")])
            {
                var file = Path.Combine(mount, parts[2].TrimStart('/'), "cpu.stat");
                if (File.Exists(file) && File.ReadAllText(file).Contains("nr_throttled", StringComparison.Ordinal)) return file;
            }
        }
        return null;
    }

    private sealed class Counter
    {
        public long? ReadAt { get; set; }

        public long Periods { get; set; }

        public long Nanoseconds { get; set; }

        public ThrottlingReading Last { get; set; }
    }
}

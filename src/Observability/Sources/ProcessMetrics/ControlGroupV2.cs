namespace Observability.Sources.ProcessMetrics;

/// <summary>The unified hierarchy: https://docs.kernel.org/admin-guide/cgroup-v2.html.</summary>
internal sealed class ControlGroupV2 : ControlGroup
{
    private const int LongestStat = 8192;
    private readonly ControlGroupFolder _folder;

    private ControlGroupV2(ControlGroupFolder folder) => _folder = folder;

    public override (TimeSpan User, TimeSpan System)? CpuTime
    {
        get
        {
            Span<byte> buffer = stackalloc byte[1024];
            var stat = SmallFile.Read(_folder.File("cpu.stat"), buffer);
            return SmallFile.Value(stat, "user_usec"u8) is { } user && SmallFile.Value(stat, "system_usec"u8) is { } system
                ? (TimeSpan.FromMicroseconds(user), TimeSpan.FromMicroseconds(system))
                : null;
        }
    }

    public override (long Periods, TimeSpan Time)? Throttled
    {
        get
        {
            Span<byte> buffer = stackalloc byte[1024];
            var stat = SmallFile.Read(_folder.File("cpu.stat"), buffer);
            return SmallFile.Value(stat, "nr_throttled"u8) is { } periods && SmallFile.Value(stat, "throttled_usec"u8) is { } time
                ? (periods, TimeSpan.FromMicroseconds(time))
                : null;
        }
    }

    public override double? CpuLimit => _folder.Tightest(Quota);

    public override long? MemoryUsage => SmallFile.Number(_folder.File("memory.current"));

    public override long? MemoryWorkingSet
    {
        get
        {
            Span<byte> buffer = stackalloc byte[LongestStat];
            var stat = SmallFile.Read(_folder.File("memory.stat"), buffer);
            return WithoutCache(MemoryUsage, SmallFile.Value(stat, "inactive_file"u8));
        }
    }

    public override long? MemoryLimit => _folder.Tightest(level => SmallFile.Number(Path.Combine(level, "memory.max")));

    public static new ControlGroupV2? Find(ProcFiles files) =>
        // In the mixed set-up of systemd the unified hierarchy is mounted too, but has no controllers.
        ControlGroupFolder.Find(files, "") is { } folder && (File.Exists(folder.File("memory.current")) || File.Exists(folder.File("cpu.max"))) ? new ControlGroupV2(folder) : null;

    /// <summary><c>cpu.max</c>: <c>{quota} {period}</c>, the quota "max" for none.</summary>
    private static double? Quota(string level)
    {
        Span<byte> buffer = stackalloc byte[64];
        var text = SmallFile.Read(Path.Combine(level, "cpu.max"), buffer);
        var space = text.IndexOf((byte)' ');
        return space > 0 && SmallFile.Number(text) is { } quota && SmallFile.Number(text[(space + 1)..]) is > 0 and var period ? (double)quota / period : null;
    }
}

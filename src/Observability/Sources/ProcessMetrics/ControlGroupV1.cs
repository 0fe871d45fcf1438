namespace Observability.Sources.ProcessMetrics;

/// <summary>The hierarchies of version 1, each controller in its own: https://docs.kernel.org/admin-guide/cgroup-v1/.</summary>
internal sealed class ControlGroupV1 : ControlGroup
{
    /// <summary>"No limit" is written as the largest multiple of the page size.</summary>
    private const long NoLimit = 1L << 62;
    private const int TicksPerSecond = 100;
    private const int LongestStat = 8192;

    private readonly ControlGroupFolder? _cpu;
    private readonly ControlGroupFolder? _accounts;
    private readonly ControlGroupFolder? _memory;

    private ControlGroupV1(ControlGroupFolder? cpu, ControlGroupFolder? accounts, ControlGroupFolder? memory) => (_cpu, _accounts, _memory) = (cpu, accounts, memory);

    public override (TimeSpan User, TimeSpan System)? CpuTime
    {
        get
        {
            if (_accounts is null) return null;
            Span<byte> buffer = stackalloc byte[256];
            var stat = SmallFile.Read(_accounts.File("cpuacct.stat"), buffer);
            return SmallFile.Value(stat, "user"u8) is { } user && SmallFile.Value(stat, "system"u8) is { } system
                ? (TimeSpan.FromSeconds((double)user / TicksPerSecond), TimeSpan.FromSeconds((double)system / TicksPerSecond))
                : null;
        }
    }

    public override (long Periods, TimeSpan Time)? Throttled
    {
        get
        {
            if (_cpu is null) return null;
            Span<byte> buffer = stackalloc byte[256];
            var stat = SmallFile.Read(_cpu.File("cpu.stat"), buffer);
            return SmallFile.Value(stat, "nr_throttled"u8) is { } periods && SmallFile.Value(stat, "throttled_time"u8) is { } nanoseconds
                ? (periods, TimeSpan.FromMicroseconds(nanoseconds / 1000d))
                : null;
        }
    }

    public override double? CpuLimit => _cpu?.Tightest<double>(level =>
        SmallFile.Number(Path.Combine(level, "cpu.cfs_quota_us")) is { } quota && SmallFile.Number(Path.Combine(level, "cpu.cfs_period_us")) is > 0 and var period ? (double)quota / period : null);

    public override long? MemoryUsage => _memory is null ? null : SmallFile.Number(_memory.File("memory.usage_in_bytes"));

    public override long? MemoryWorkingSet
    {
        get
        {
            if (_memory is null) return null;
            Span<byte> buffer = stackalloc byte[LongestStat];
            var stat = SmallFile.Read(_memory.File("memory.stat"), buffer);
            return WithoutCache(MemoryUsage, SmallFile.Value(stat, "total_inactive_file"u8));
        }
    }

    public override long? MemoryLimit => _memory?.Tightest<long>(level => SmallFile.Number(Path.Combine(level, "memory.limit_in_bytes")) is < NoLimit and var limit ? limit : null);

    public static new ControlGroupV1? Find(ProcFiles files)
    {
        var (cpu, accounts, memory) = (ControlGroupFolder.Find(files, "cpu"), ControlGroupFolder.Find(files, "cpuacct"), ControlGroupFolder.Find(files, "memory"));
        return cpu is null && accounts is null && memory is null ? null : new ControlGroupV1(cpu, accounts, memory);
    }
}

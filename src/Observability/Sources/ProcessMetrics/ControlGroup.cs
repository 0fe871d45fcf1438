namespace Observability.Sources.ProcessMetrics;

/// <summary>The control group that the kernel charges this process's use to. A null is "not told" or "no limit".</summary>
internal abstract class ControlGroup
{
    public abstract (TimeSpan User, TimeSpan System)? CpuTime { get; }

    /// <summary>Processors that may be used at once: quota over period, the tightest from here up.</summary>
    public abstract double? CpuLimit { get; }

    /// <summary>How often, and for how long together, the quota stopped the group.</summary>
    public abstract (long Periods, TimeSpan Time)? Throttled { get; }

    public abstract long? MemoryUsage { get; }

    /// <summary>Usage without the file cache that can be dropped at once: what the kubelet evicts by and metrics-server shows.</summary>
    public abstract long? MemoryWorkingSet { get; }

    /// <summary>The tightest limit from here up.</summary>
    public abstract long? MemoryLimit { get; }

    /// <summary>Version 2 where it is in charge, else version 1; null when the process is in no group but the root.</summary>
    public static ControlGroup? Find(ProcFiles files) => (ControlGroup?)ControlGroupV2.Find(files) ?? ControlGroupV1.Find(files);

    /// <summary>Working set from usage and inactive file cache.</summary>
    protected static long? WithoutCache(long? usage, long? inactive) => usage is null ? null : Math.Max(0, usage.Value - (inactive ?? 0));
}

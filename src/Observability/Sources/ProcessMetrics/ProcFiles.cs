namespace Observability.Sources.ProcessMetrics;

/// <summary>Where the kernel tells about this process and its control group; a test points these elsewhere.</summary>
internal sealed record ProcFiles
{
    /// <summary>/proc/self: stat, fd, cgroup, mountinfo.</summary>
    public string Self { get; init; } = "/proc/self";

    /// <summary>How long the machine has been running.</summary>
    public string Uptime { get; init; } = "/proc/uptime";

    /// <summary>Stands before every mount point that mountinfo names; empty but in tests.</summary>
    public string MountPrefix { get; init; } = "";
}

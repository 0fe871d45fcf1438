namespace Observability.Ebpf.Agent.Kernel;

/// <summary>The kernel's error numbers in words that say what to do.</summary>
internal static class ErrorNumber
{
    public static string Text(int error) => Math.Abs(error) switch
    {
        1 => "EPERM: not permitted; CAP_BPF and CAP_PERFMON are needed, or CAP_SYS_ADMIN before Linux 5.8",
        2 => "ENOENT: not found",
        7 => "E2BIG: this kernel does not know an argument; Linux 5.17 or later is needed",
        12 => "ENOMEM: no memory, or RLIMIT_MEMLOCK before Linux 5.11",
        13 => "EACCES: refused",
        22 => "EINVAL: not understood by this kernel",
        28 => "ENOSPC: full",
        38 => "ENOSYS: this kernel has no bpf(2)",
        95 or 524 => "ENOTSUPP: not supported by this kernel",
        var other => $"error {other}",
    };
}

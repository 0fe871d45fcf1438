namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>A control group that gives a tenth of a processor. Version 1 or 2, whichever has the controller.</summary>
internal sealed class CpuQuota : IDisposable
{
    private readonly string _folder;

    private CpuQuota(string folder) => _folder = folder;

    /// <summary>Where a process writes its number to come under the quota.</summary>
    public string Members => Path.Combine(_folder, "cgroup.procs");

    public static CpuQuota Require()
    {
        const string Root = "/sys/fs/cgroup";
        var name = $"observability-{Environment.ProcessId}";
        try
        {
            if (Directory.Exists(Path.Combine(Root, "cpu")))
            {
                var first = Directory.CreateDirectory(Path.Combine(Root, "cpu", name)).FullName;
                File.WriteAllText(Path.Combine(first, "cpu.cfs_period_us"), "100000");
                File.WriteAllText(Path.Combine(first, "cpu.cfs_quota_us"), "10000");
                return new CpuQuota(first);
            }
            File.WriteAllText(Path.Combine(Root, "cgroup.subtree_control"), "+cpu");
            var second = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
            File.WriteAllText(Path.Combine(second, "cpu.max"), "10000 100000");
            return new CpuQuota(second);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SkipException($"no control group with a quota can be made: {exception.Message}");
        }
    }

    public void Dispose() => Directory.Delete(_folder);
}

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>A control group of the test's own, in whichever version the machine has, that allows its processes so much memory and no more.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private const string V1 = "/sys/fs/cgroup/memory";
    private const string V2 = "/sys/fs/cgroup";

    private readonly string _group;

    private MemoryLimit(string group) => _group = group;

    public static MemoryLimit Of(long bytes)
    {
        var isV1 = File.Exists(V1 + "/memory.limit_in_bytes");
        Skip.IfNot(isV1 || (File.Exists(V2 + "/cgroup.subtree_control") && File.ReadAllText(V2 + "/cgroup.subtree_control").Contains("memory", StringComparison.Ordinal)), "there is no control group for memory here");
        var group = Path.Combine(isV1 ? V1 : V2, $"observability-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(group);
            File.WriteAllText(Path.Combine(group, isV1 ? "memory.limit_in_bytes" : "memory.max"), bytes.ToString());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Skip.If(true, "a control group may not be made here: " + fault.Message);
        }
        return new MemoryLimit(group);
    }

    /// <summary>The arguments with which <c>sh</c> runs the program in the group, on the first processor alone.</summary>
    public string[] Run(string program) => ["-c", $"echo $$ > {_group}/cgroup.procs && exec taskset -c 0 {program}"];

    public void Dispose() => Directory.Delete(_group);
}

using System.Diagnostics;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>A process that sleeps in a network namespace of its own and in a control group named as a container runtime names a pod's.</summary>
internal sealed class Pod : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Pod(Process process, string folder) => (_process, _folder) = (process, folder);

    public int Process => _process.Id;

    public static Pod Require(string uid, string container)
    {
        var unshare = Tool.Require("unshare");
        // Any hierarchy will do: the name is what is looked at.
        var root = new[] { "/sys/fs/cgroup/pids", "/sys/fs/cgroup/cpu", "/sys/fs/cgroup" }.First(Directory.Exists);
        var folder = Path.Combine(root, $"kubepods-pod{uid.Replace('-', '_')}.slice");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, $"cri-containerd-{container}.scope"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SkipException($"no control group can be made: {exception.Message}");
        }
        var members = Path.Combine(folder, $"cri-containerd-{container}.scope", "cgroup.procs");
        var process = System.Diagnostics.Process.Start("bash", ["-c", $"echo $$ > {members}; exec {unshare} --net sleep 300"]);
        return new Pod(process, folder);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        foreach (var scope in Directory.GetDirectories(_folder)) Remove(scope);
        Remove(_folder);
    }

    /// <summary>The kernel takes a moment to see that a group is empty.</summary>
    private static void Remove(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(folder);
                return;
            }
            catch (IOException) when (attempt < 200)
            {
                Thread.Yield();
            }
        }
    }
}

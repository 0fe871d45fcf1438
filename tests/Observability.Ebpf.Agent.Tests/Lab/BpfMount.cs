using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>A file system for BPF of the test's own, so that nothing of the machine's is touched. Skips the test, with the reason, where the kernel or the user may not.</summary>
internal sealed class BpfMount : IDisposable
{
    private BpfMount(string folder) => Folder = folder;

    public string Folder { get; }

    public static BpfMount Require()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "eBPF is Linux's");
        Skip.IfNot(File.Exists("/sys/kernel/btf/vmlinux"), "this kernel does not tell its types (no /sys/kernel/btf/vmlinux)");
        Skip.IfNot(HasCapability(39) || HasCapability(21), "loading kernel programs needs CAP_BPF or CAP_SYS_ADMIN");
        var folder = Directory.CreateTempSubdirectory("observability-bpf-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var mounted = Tool.Run("mount", ["-t", "bpf", "bpf", folder]);
        if (mounted.ExitCode == 0) return new BpfMount(folder);
        Directory.Delete(folder);
        throw new SkipException($"no file system for BPF can be mounted: {mounted.Error.Trim()}");
    }

    public void Dispose()
    {
        Tool.Run("umount", ["-l", Folder]);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool HasCapability(int number)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line.Split('\t')[1].Trim(), 16) >> number & 1) != 0;
    }
}

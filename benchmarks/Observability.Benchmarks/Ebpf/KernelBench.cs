using System.Diagnostics;
using System.Runtime.Versioning;
using Observability.Ebpf.Agent.Loading;

namespace Observability.Benchmarks.Ebpf;

/// <summary>A file system for BPF of the suite's own, where this machine allows kernel programs.</summary>
[SupportedOSPlatform("linux")]
internal sealed class KernelBench : IDisposable
{
    private KernelBench(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Null, and said, where the kernel's part cannot be measured.</summary>
    public static KernelBench? Find(Report report)
    {
        if (Environment.UserName != "root" || !File.Exists(KernelTypes.Path))
        {
            report.Line("Without root and the kernel's types (/sys/kernel/btf/vmlinux) the agent was not measured, and nothing was published.");
            return null;
        }
        var folder = Directory.CreateTempSubdirectory("observability-bench-").FullName;
        if (Run("mount", "-t", "bpf", "bpf", folder)) return new KernelBench(folder);
        report.Line("No file system for BPF can be mounted here: the agent was not measured, and nothing was published.");
        Directory.Delete(folder);
        return null;
    }

    /// <summary>The agent as a process of its own.</summary>
    public Process StartAgent(params string[] options)
    {
        var program = Path.Combine(Report.Root(), "src", "Observability.Ebpf.Agent", "bin", "Release", "net10.0", "Observability.Ebpf.Agent.dll");
        var agent = Process.Start(new ProcessStartInfo("dotnet", [program, "--pins", Folder, "--address", "none", .. options]) { RedirectStandardError = true })!;
        while (agent.StandardError.ReadLine() is { } line && line != "listening") Console.Error.WriteLine(line);
        return agent;
    }

    public static void Stop(Process process)
    {
        Run("kill", "-TERM", $"{process.Id}");
        if (!process.WaitForExit(10_000)) process.Kill();
        process.Dispose();
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

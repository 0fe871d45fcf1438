using System.Text.RegularExpressions;
using Observability.Ebpf.Agent.Tests.Lab;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests;

/// <summary>observability-ebpf doctor, in a process of its own.</summary>
public sealed partial class DoctorTests
{
    private const int Programs = 11;

    [SkippableFact]
    public void Three_capabilities_are_all_that_the_agent_needs()
    {
        using var mount = BpfMount.Require();
        var result = Run("+bpf,+perfmon,+sys_ptrace", "doctor", "--pins", mount.Folder);
        var lines = Verdict().Matches(result.Output);
        Assert.Equal(Programs, lines.Count);
        // An older kernel may lack a program; what it lacks is said.
        Assert.Equal(lines.All(line => line.Value.StartsWith("yes", StringComparison.Ordinal)) ? 0 : 1, result.ExitCode);
        Assert.All(lines.Where(line => line.Value.StartsWith("NO", StringComparison.Ordinal)), line => Assert.Matches(": .+", line.Value));
        Assert.Contains($"{mount.Folder}, on {mount.Folder}", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_any_it_says_which_are_missing()
    {
        using var mount = BpfMount.Require();
        var result = Run("-all", "doctor", "--pins", mount.Folder);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("CAP_BPF", result.Output, StringComparison.Ordinal);
        Assert.Matches("^NO ", result.Output.Split('\n').Last(line => line.Length > 0));
    }

    [SkippableFact]
    public void Where_no_file_system_for_BPF_is_mounted_it_says_how_to_mount_one()
    {
        using var mount = BpfMount.Require();
        Assert.Contains("/nowhere: no file system for BPF is mounted there; mount -t bpf", Run("+bpf,+perfmon", "doctor", "--pins", "/nowhere").Output, StringComparison.Ordinal);
        var run = Run("+bpf,+perfmon", "--pins", "/nowhere", "--address", "none");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot run: ", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void All_faults_of_a_command_line_are_told_at_once()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "eBPF is Linux's");
        var options = AgentOptions.Read(["--limit", "many", "--mode", "999", "--group", "staff", "--colour", "--tenant", "a/b=1", "--address", "nowhere", "--pins"]);
        Assert.Equal(["--limit: 'many' is not understood", "--mode: '999' is not understood", "--group: 'staff' is not understood", "--colour is no option", "--tenant: 'a/b=1' is not understood",
            "--address: 'nowhere' is not understood", "--pins needs a value"], options.Faults);
    }

    private static ToolResult Run(string capabilities, params string[] arguments)
    {
        var bounds = capabilities == "-all" ? "-all" : "-all," + capabilities;
        return Tool.Run(Tool.Require("setpriv"), [$"--bounding-set={bounds}", "--inh-caps=-all", "dotnet", typeof(AgentOptions).Assembly.Location, .. arguments]);
    }

    [GeneratedRegex("^(yes|NO ) .*$", RegexOptions.Multiline)]
    private static partial Regex Verdict();
}

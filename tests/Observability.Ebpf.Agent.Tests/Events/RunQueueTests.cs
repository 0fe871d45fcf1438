using Observability.Ebpf.Agent.Tests.Lab;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Events;

public sealed class RunQueueTests
{
    [SkippableFact]
    public async Task Under_a_quota_a_busy_span_is_told_how_long_it_waited_and_that_it_was_throttled()
    {
        using var mount = BpfMount.Require();
        using var quota = CpuQuota.Require();
        using var agent = new RunningAgent(mount, "--runqueue", "20");
        var program = Repository.File("tests", "TestApps", "Tagged", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Tagged.dll");

        await using var application = RunningProcess.Start("bash",
            ["-c", $"echo $$ > {quota.Members}; exec dotnet {program} {agent.Maps} burn 8"]);
        var code = await application.WaitForExit(TimeSpan.FromMinutes(2));

        Assert.True(code == 0, string.Join('\n', application.Error));
        var known = application.Output.Where(line => line.StartsWith("span ", StringComparison.Ordinal)).Select(line => line.Split(' ')).Select(words => words[1] + words[2]).ToHashSet();
        var waits = await agent.WaitFor("thread.runqueue_delay", events => events.Any(IsKnown));
        var own = waits.Where(IsKnown).ToList();
        Assert.All(own, line => Assert.Equal("thread", line.GetProperty("attribution").GetString()));
        Assert.All(own, line => Assert.True(line.GetProperty("thread.runqueue_delay.duration").GetDouble() >= 0.02));
        Assert.Contains(own, line => line.TryGetProperty("cpu.throttled.periods", out var periods) && periods.GetInt64() > 0);

        bool IsKnown(System.Text.Json.JsonElement line) =>
            line.TryGetProperty("trace_id", out var trace) && known.Contains(trace.GetString() + line.GetProperty("span_id").GetString());
    }
}

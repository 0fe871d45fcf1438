using System.Text.RegularExpressions;
using TestPeers;

namespace Samples.Tests;

/// <summary>The two cases of samples/kernel-events, as a person starts them.</summary>
public sealed partial class KernelEventsTests
{
    [SkippableFact]
    public void The_slow_request_s_own_span_holds_the_retransmits_that_made_it_slow()
    {
        var output = Run("retransmits.sh");
        var trace = Section(output, "The slow request's trace");
        var client = Span().Matches(trace).Single(line => line.Value.Contains("GET (client)", StringComparison.Ordinal));
        var server = Span().Matches(trace).Single(line => line.Value.Contains("GET /stock (server)", StringComparison.Ordinal));
        var between = trace[client.Index..server.Index];
        Assert.True(Retransmit().Count(between) >= 2, trace);
        // They name the very socket of the span.
        var cookie = Cookie().Match(client.Value).Groups[1].Value;
        Assert.All(Retransmit().Matches(between), line => Assert.Equal(cookie, Cookie().Match(line.Value).Groups[1].Value));
        Assert.Contains("\"event\":\"tcp.retransmit\"", Section(output, "The same as the agent sends it"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_throttled_request_s_own_span_holds_its_waits_and_the_throttled_periods()
    {
        var output = Run("throttling.sh");
        var trace = Section(output, "The last one's trace");
        Assert.Contains("GET /price (server)", trace, StringComparison.Ordinal);
        Assert.Matches(Wait(), trace);
        Assert.Matches(Throttled(), Section(output, "The same with a quota"));
    }

    private static string Run(string script)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "kernel events are Linux's");
        Tool.Require("ip");
        Tool.Require("curl");
        var result = Tool.Run(Tool.Require("bash"), [Repository.File("samples", "kernel-events", script)], timeout: TimeSpan.FromMinutes(4),
            environment: new Dictionary<string, string?> { ["KERNEL_EVENTS_BUILT"] = IsBuilt() ? "1" : "0" });
        if (result.ExitCode == 77) throw new SkipException(result.Output.Split('\n').Last(line => line.Contains("skipped", StringComparison.Ordinal)));
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    /// <summary>In CI the whole solution is.</summary>
    private static bool IsBuilt() => new[] { "samples/kernel-events/KernelEvents.Service", "samples/shop/Shop.Collector", "src/Observability.Ebpf.Agent" }
        .All(project => File.Exists(Repository.File([.. project.Split('/'), "bin", "Release", "net10.0", Path.GetFileName(project) + ".dll"])));

    private static string Section(string output, string heading)
    {
        var start = output.IndexOf("== " + heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"No section '{heading}' in:\n{output}");
        var end = output.IndexOf("\n== ", start, StringComparison.Ordinal);
        return end < 0 ? output[start..] : output[start..end];
    }

    [GeneratedRegex(@"^.* ms +[\d.]+ ms  .*$", RegexOptions.Multiline)]
    private static partial Regex Span();

    [GeneratedRegex(@"^.*\* tcp\.retransmit .*$", RegexOptions.Multiline)]
    private static partial Regex Retransmit();

    [GeneratedRegex(@"network\.socket\.cookie=(\d+)")]
    private static partial Regex Cookie();

    [GeneratedRegex(@"\* thread\.runqueue_delay  attribution=thread .*cpu\.throttled\.periods=[1-9]")]
    private static partial Regex Wait();

    [GeneratedRegex(@"throttled in [1-9]\d* periods")]
    private static partial Regex Throttled();
}

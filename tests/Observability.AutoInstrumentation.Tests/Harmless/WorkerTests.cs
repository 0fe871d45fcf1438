using System.Text.Json;
using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Harmless;

public class WorkerTests
{
    [SkippableFact]
    public async Task A_worker_without_the_web_framework_is_instrumented_like_any_host()
    {
        await using var receiver = await Receiver.Start();
        var environment = HookedRun.SendingTo(receiver);
        var result = HookedRun.Run(PublishedApp.Of("PlainWorker").Program, [], environment);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));

        var span = await receiver.WaitForSpan(span => span.Name == "one piece of work");
        var log = await receiver.WaitForLog(log => log.Body == "Worked on a crate");
        Assert.Equal((span.TraceId, span.SpanId), (log.TraceId, log.SpanId));
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["the work is done"], lines.Where(line => !line.StartsWith('{')));
        var line = lines.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).Single(line => line.GetProperty("message").GetString() == "Worked on a crate");
        Assert.Equal((span.TraceId, "b-1", "b-1"), (line.GetProperty("trace_id").GetString(), line.GetProperty("Batch").GetString(), log["Batch"]));
    }

    [Theory]
    [InlineData("stderr")]
    [InlineData("protocol")]
    public void A_log_that_the_application_sends_to_stderr_stays_there(string way)
    {
        var app = PublishedApp.Of("PlainWorker");
        var bare = HookedRun.Run(app.Program, [way], Sameness.Bare);
        Assert.Contains("Worked on a crate", bare.Error, StringComparison.Ordinal);
        var hooked = HookedRun.Run(app.Program, [way], HookedRun.Hooked());
        Sameness.CheckLines(bare, hooked);
        Assert.Equal(bare.Error.Split('\n').Order(StringComparer.Ordinal), hooked.Error.Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_console_that_the_application_chose_is_its_own()
    {
        var app = PublishedApp.Of("PlainWorker");
        Sameness.CheckLines(HookedRun.Run(app.Program, ["chosen"], Sameness.Bare), HookedRun.Run(app.Program, ["chosen"], HookedRun.Hooked()));
    }

    /// <summary>Its handlers may throw, or write a log of what they are asked for.</summary>
    [Fact]
    public void An_application_that_resolves_assemblies_itself_is_asked_for_none_of_the_agents()
    {
        var app = PublishedApp.Of("PlainWorker");
        var environment = HookedRun.Hooked();
        environment["Observability__Logs__Json"] = "false";
        Sameness.CheckLines(HookedRun.Run(app.Program, ["resolve"], Sameness.Bare), HookedRun.Run(app.Program, ["resolve"], environment));
    }

    [Fact]
    public void A_host_that_is_built_and_never_started_loses_no_line()
    {
        var result = HookedRun.Run(PublishedApp.Of("PlainWorker").Program, ["built"], HookedRun.Hooked());
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString());
        Assert.Equal(Enumerable.Range(0, 3_000).Select(number => $"Line {number}"), lines);
    }

    [Fact]
    public void With_JSON_lines_off_the_console_is_the_applications_own()
    {
        var app = PublishedApp.Of("PlainWorker");
        var bare = HookedRun.Run(app.Program, [], Sameness.Bare);
        var environment = HookedRun.Hooked();
        environment["Observability__Logs__Json"] = "false";
        Sameness.CheckLines(bare, HookedRun.Run(app.Program, [], environment));
    }

    [Theory]
    [InlineData("Metrics")]
    [InlineData("Traces")]
    [InlineData("Logs")]
    public void A_signal_that_is_off_is_off_without_a_word(string signal)
    {
        var environment = HookedRun.Hooked();
        environment[$"Observability__{signal}__Enabled"] = "false";
        var hooked = HookedRun.Run(PublishedApp.Of("PlainWorker").Program, [], environment);
        Assert.Equal((0, ""), (hooked.ExitCode, hooked.Error));
        Assert.Contains("the work is done", hooked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_told_and_the_application_runs_with_its_own_log()
    {
        var app = PublishedApp.Of("PlainWorker");
        var bare = HookedRun.Run(app.Program, [], Sameness.Bare);
        var environment = HookedRun.Hooked();
        environment["Observability__Traces__Enabledd"] = "true";
        environment["Observability__Prometheus__Port"] = "700000";
        var hooked = HookedRun.Run(app.Program, [], environment);
        Sameness.CheckLines(bare, hooked);
        var line = Assert.Single(hooked.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("OBS6006: ", line, StringComparison.Ordinal);
        Assert.Contains("Enabledd", line, StringComparison.Ordinal);
        Assert.Contains("700000", line, StringComparison.Ordinal);
    }
}

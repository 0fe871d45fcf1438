using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Life;

/// <summary>
/// However a process ends, what it made and the collector would take arrives. The batches would wait a minute by
/// themselves: whatever arrives was delivered by the end of the process.
/// </summary>
public class LifeCycleTests
{
    private const int Steps = 700;

    [SkippableTheory]
    [InlineData("Worker", "return", null, 0)]
    [InlineData("Worker", "exit", null, 7)]
    [InlineData("Worker", "crash", null, null)]
    [InlineData("Worker", "throw", null, 0)]
    [InlineData("Worker", "wait", "TERM", 0)]
    [InlineData("Worker", "wait", "INT", 0)]
    [InlineData("Worker", "wait", "HUP", 128 + 1)]
    [InlineData("ConsoleHost", "return", null, 0)]
    [InlineData("ConsoleHost", "exit", null, 7)]
    [InlineData("ConsoleHost", "crash", null, null)]
    [InlineData("ConsoleHost", "wait", "TERM", 0)]
    [InlineData("NoHost", "return", null, 0)]
    [InlineData("NoHost", "exit", null, 7)]
    [InlineData("NoHost", "throw", null, null)]
    [InlineData("NoHost", "crash", null, null)]
    [InlineData("NoHost", "wait", "TERM", null)]
    [InlineData("NoHost", "wait", "INT", null)]
    public async Task Nothing_that_was_accepted_is_lost(string name, string end, string? signal, int? exitCode)
    {
        Skip.If(signal is not null && OperatingSystem.IsWindows(), "Windows has no POSIX signals");
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["TestApp__End"] = end;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = environment["OTEL_BLRP_SCHEDULE_DELAY"] = environment["OTEL_METRIC_EXPORT_INTERVAL"] = "60000";
        await using var app = RunningApp.Start(TestApp.Of(name), environment);
        var code = await End(app, signal);

        var steps = receiver.Spans.Where(span => span.Name == "step").Select(span => span["index"]).ToHashSet();
        var logs = receiver.Logs.Where(log => log.Body?.StartsWith("Step", StringComparison.Ordinal) == true).Select(log => log["Index"]).ToHashSet();
        var done = receiver.Metrics.LastOrDefault(metric => metric.Name == "job.steps")?.Points[0].Value;
        Assert.Equal((Steps, Steps, (double?)Steps), (steps.Count, logs.Count, done));
        if (exitCode is not null) Assert.Equal(exitCode, code);
        else if (signal is null) Assert.NotEqual(0, code);
    }

    [SkippableTheory]
    [InlineData("Worker", "return", null)]
    [InlineData("Worker", "exit", null)]
    [InlineData("Worker", "wait", "HUP")]
    [InlineData("ConsoleHost", "exit", null)]
    [InlineData("NoHost", "return", null)]
    [InlineData("NoHost", "exit", null)]
    [InlineData("NoHost", "crash", null)]
    [InlineData("NoHost", "wait", "TERM")]
    public async Task What_could_not_be_delivered_is_told(string name, string end, string? signal)
    {
        Skip.If(signal is not null && OperatingSystem.IsWindows(), "Windows has no POSIX signals");
        var environment = RunningApp.SendingTo(new Uri("http://127.0.0.1:1"), "http/protobuf");
        environment["TestApp__End"] = end;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = environment["OTEL_BLRP_SCHEDULE_DELAY"] = environment["OTEL_METRIC_EXPORT_INTERVAL"] = "60000";
        // One batch takes everything: nothing is lost, and told, before the end.
        environment["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] = environment["OTEL_BLRP_MAX_EXPORT_BATCH_SIZE"] = "2048";
        await using var app = RunningApp.Start(TestApp.Of(name), environment);
        await End(app, signal);

        foreach (var lost in new[] { "traces", "metrics", "logs" })
            Assert.Contains(app.Process.Output, line => line.Contains($" items of {lost} could not be exported", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("Worker", "return", null, 0)]
    [InlineData("Worker", "wait", "TERM", 0)]
    [InlineData("NoHost", "exit", null, 7)]
    [InlineData("NoHost", "wait", "TERM", 128 + 15)]
    public async Task A_collector_that_never_answers_does_not_keep_the_process(string name, string end, string? signal, int exitCode)
    {
        Skip.If(signal is not null && OperatingSystem.IsWindows(), "Windows has no POSIX signals");
        await using var receiver = await Receiver.Start();
        receiver.Answers = _ => Answer.Never;
        var environment = RunningApp.SendingTo(receiver);
        environment["TestApp__End"] = end;
        environment["Observability__ShutdownTimeout"] = "00:00:02";
        environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "600000";
        await using var app = RunningApp.Start(TestApp.Of(name), environment);

        // Three signals share the two seconds; the rest is room for a busy machine, and none for a collector that is given ten minutes.
        Assert.Equal(exitCode, await End(app, signal));
        Assert.Contains(app.Process.Output, line => line.Contains("OBS1010", StringComparison.Ordinal));
    }

    private static async Task<int> End(RunningApp app, string? signal)
    {
        if (signal is not null)
        {
            await app.Process.WaitUntil(() => app.Process.Error.Contains("waiting for a signal"), TimeSpan.FromSeconds(90), "its work is done");
            app.Process.Signal(signal);
        }
        return await app.Process.WaitForExit(TimeSpan.FromSeconds(90));
    }
}

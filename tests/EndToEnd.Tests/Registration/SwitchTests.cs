using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Registration;

/// <summary>The standard switches turn off what they name, and nothing else.</summary>
public class SwitchTests
{
    [SkippableFact]
    public async Task OTEL_SDK_DISABLED_turns_everything_off_and_the_application_runs()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, "OTEL_SDK_DISABLED", "true");
        await app.Get("/items/1");
        await Stop(app);

        Assert.Empty(receiver.Requests);
        Assert.Contains(app.Process.Output, line => line.Contains("Item 1 was asked for", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("OTEL_TRACES_EXPORTER", OtlpSignal.Traces)]
    [InlineData("OTEL_METRICS_EXPORTER", OtlpSignal.Metrics)]
    [InlineData("OTEL_LOGS_EXPORTER", OtlpSignal.Logs)]
    public async Task An_exporter_of_none_silences_its_signal_alone(string variable, OtlpSignal silent)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, variable, "none");
        await app.Get("/items/1");
        await Stop(app);

        foreach (var signal in Enum.GetValues<OtlpSignal>())
            Assert.Equal(signal != silent, receiver.Requests.Any(request => request.Signal == signal));
    }

    [SkippableTheory]
    [InlineData("always_off", null, 0, 0)]
    [InlineData("always_on", null, 100, 100)]
    [InlineData("traceidratio", "0.25", 5, 50)]
    [InlineData("parentbased_traceidratio", "0", 0, 0)]
    public async Task OTEL_TRACES_SAMPLER_decides_how_many_traces_are_kept(string sampler, string? argument, int atLeast, int atMost)
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        (environment["OTEL_TRACES_SAMPLER"], environment["OTEL_TRACES_SAMPLER_ARG"]) = (sampler, argument);
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        for (var i = 0; i < 100; i++) await app.Get("/items/" + i);
        await Stop(app);

        Assert.InRange(receiver.Spans.Count(span => span.Kind == "Server"), atLeast, atMost);
    }

    [SkippableFact]
    public async Task The_limits_of_the_specification_cut_and_the_cut_is_counted()
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = "100";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/hurt/large");

        var span = await receiver.WaitForSpan(span => span.Attributes.ContainsKey("large"));
        Assert.Equal(100, ((string)span["large"]!).Length);
        await receiver.WaitForMetric(metric => metric.Name == "observability.span.limited" && metric.Points.Any(point => point.Value >= 1));
    }

    private static async Task<RunningApp> Start(Receiver receiver, string variable, string value)
    {
        var environment = RunningApp.SendingTo(receiver);
        environment[variable] = value;
        return await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
    }

    private static async Task Stop(RunningApp app)
    {
        app.Process.Signal("TERM");
        Assert.Equal(0, await app.Process.WaitForExit(TimeSpan.FromSeconds(90)));
    }
}

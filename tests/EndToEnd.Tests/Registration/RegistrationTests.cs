using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Registration;

/// <summary>However the application registers telemetry, nothing is doubled and nothing of its own is replaced.</summary>
public class RegistrationTests
{
    [SkippableTheory]
    [InlineData("once")]
    [InlineData("twice")]
    [InlineData("beside")]
    public async Task Every_span_log_record_and_measurement_arrives_once(string way)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, way);
        for (var i = 0; i < 10; i++) await app.Get("/items/" + i);
        await app.Get("/order/red");
        app.Process.Signal("TERM");
        Assert.Equal(0, await app.Process.WaitForExit(TimeSpan.FromSeconds(90)));

        Assert.Equal(11, receiver.Spans.Count(span => span.Kind == "Server"));
        Assert.Equal(receiver.Spans.Count, receiver.Spans.DistinctBy(span => span.SpanId).Count());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (object)(long)i), receiver.Logs.Where(log => log.Attributes.ContainsKey("Id")).Select(log => log["Id"]).Order());
        Assert.Equal(1, receiver.Metrics.Last(metric => metric.Name == "shop.orders").Points.Sum(point => point.Value));
        Assert.Equal(11UL, receiver.Metrics.Last(metric => metric.Name == "http.server.request.duration").Points.Aggregate(0UL, (sum, point) => sum + point.Count));
        Assert.Empty(receiver.Violations);
    }

    [SkippableFact]
    public async Task A_sampler_of_the_application_stays()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, "sampler");
        await app.Get("/items/1");

        await receiver.WaitForLog(log => log["Id"] is 1L);
        app.Process.Signal("TERM");
        await app.Process.WaitForExit(TimeSpan.FromSeconds(90));

        Assert.Empty(receiver.Spans);
    }

    private static Task<RunningApp> Start(Receiver receiver, string way)
    {
        var environment = RunningApp.SendingTo(receiver);
        environment["TestApp__Registration"] = way;
        return RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
    }
}

using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Export;

internal static class WebSignals
{
    /// <summary>Drives a web application and waits for what it must have sent.</summary>
    public static async Task Arrive(RunningApp app, Receiver receiver)
    {
        await app.Get("/items/7");
        await app.Get("/order/red");

        var server = await receiver.WaitForSpan(span => span.Kind == "Server" && span.Name == "GET /items/{id:int}");
        var log = await receiver.WaitForLog(log => log["Id"] is 7L);
        var own = await receiver.WaitForMetric(metric => metric.Name == "shop.orders");
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration");
        await receiver.WaitForMetric(metric => metric.Name == "dotnet.gc.collections");

        Assert.Equal((server.TraceId, server.SpanId), (log.TraceId, log.SpanId));
        Assert.Equal((1.0, "red"), (own.Points[0].Value, own.Points[0].Attributes["colour"]));
        Assert.Empty(receiver.Violations);
    }
}

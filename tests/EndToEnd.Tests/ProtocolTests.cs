using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests;

/// <summary>One line, and the three signals are at the collector, over either protocol.</summary>
public class ProtocolTests
{
    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task The_three_signals_arrive(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebWithoutPackage"), RunningApp.SendingTo(receiver, protocol));
        await app.Get("/items/7");
        await app.Get("/order/red");

        var server = await receiver.WaitForSpan(span => span.Kind == "Server" && span.Name == "GET /items/{id:int}");
        var log = await receiver.WaitForLog(log => log["Id"] is 7L);
        var own = await receiver.WaitForMetric(metric => metric.Name == "shop.orders");
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration");
        await receiver.WaitForMetric(metric => metric.Name == "dotnet.gc.collections");

        Assert.Equal((server.TraceId, server.SpanId), (log.TraceId, log.SpanId));
        Assert.Equal((1.0, "red"), (own.Points[0].Value, own.Points[0].Attributes["colour"]));
        Assert.All(receiver.Requests, request => Assert.Equal(protocol, request.Protocol));
        Assert.Empty(receiver.Violations);
    }
}

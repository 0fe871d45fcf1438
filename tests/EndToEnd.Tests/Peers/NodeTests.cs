using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Peers;

/// <summary>A Node.js service under the OpenTelemetry JS SDK and ours are in one trace, whichever calls the other.</summary>
public class NodeTests
{
    [SkippableFact]
    public async Task From_Node_to_dotnet_to_Node_is_one_trace_with_the_right_parents()
    {
        await using var receiver = await Receiver.Start();
        await using var node = await NodeService.Start(receiver.HttpEndpoint);
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver));
        using var client = new HttpClient();

        var inward = $"{app.Http.BaseAddress}call?url={Uri.EscapeDataString(new Uri(node.Address, "leaf").ToString())}";
        var answer = await client.GetStringAsync(new Uri(node.Address, "through?url=" + Uri.EscapeDataString(inward)));

        Assert.StartsWith("leaf", answer, StringComparison.Ordinal);
        var server = await receiver.WaitForSpan(span => span.Origin.Service == "WebApi" && span.Kind == "Server");
        var upstream = await receiver.WaitForSpan(span => span.SpanId == server.ParentSpanId);
        var first = await receiver.WaitForSpan(span => span.SpanId == upstream.ParentSpanId);
        var call = await receiver.WaitForSpan(span => span.Kind == "Client" && span.ParentSpanId == server.SpanId);
        var leaf = await receiver.WaitForSpan(span => span.ParentSpanId == call.SpanId);

        Assert.Equal(("node-service", "Client"), (upstream.Origin.Service, upstream.Kind));
        Assert.Equal(("node-service", "Server"), (first.Origin.Service, first.Kind));
        Assert.Equal(("node-service", "Server"), (leaf.Origin.Service, leaf.Kind));
        Assert.Single(new[] { server, upstream, first, call, leaf }.Select(span => span.TraceId).Distinct());
        Assert.Empty(receiver.Violations);
    }

    [SkippableFact]
    public async Task From_dotnet_to_Node_and_back_is_one_trace_and_baggage_goes_along()
    {
        await using var receiver = await Receiver.Start();
        await using var node = await NodeService.Start(receiver.HttpEndpoint);
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver));

        var back = new Uri(node.Address, "through?url=" + Uri.EscapeDataString($"{app.Http.BaseAddress}baggage"));
        var answer = await app.Get("/call?url=" + Uri.EscapeDataString(back.ToString()), ("baggage", "tenant=acme"));

        Assert.Equal("tenant=acme", answer);
        var last = await receiver.WaitForSpan(span => span.Origin.Service == "WebApi" && span["http.route"] is "/baggage");
        var through = await receiver.WaitForSpan(span => span.SpanId == last.ParentSpanId);
        var first = await receiver.WaitForSpan(span => span.Origin.Service == "WebApi" && span["http.route"] is "/call");
        Assert.Equal(("node-service", first.TraceId, first.TraceId), (through.Origin.Service, through.TraceId, last.TraceId));
    }
}

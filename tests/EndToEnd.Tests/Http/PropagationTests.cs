using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Http;

/// <summary>OTEL_PROPAGATORS decides which headers a trace comes in by and goes out with.</summary>
public class PropagationTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Span = "00f067aa0ba902b7";

    public static TheoryData<string?, string, string, string> Formats => new()
    {
        { null, "traceparent", $"00-{Trace}-{Span}-01", $"traceparent: 00-{Trace}-" },
        { "tracecontext", "traceparent", $"00-{Trace}-{Span}-01", $"traceparent: 00-{Trace}-" },
        { "b3", "b3", $"{Trace}-{Span}-1", $"b3: {Trace}-" },
        { "b3multi", "X-B3-TraceId|X-B3-SpanId|X-B3-Sampled", $"{Trace}|{Span}|1", $"x-b3-traceid: {Trace}" },
        { "jaeger", "uber-trace-id", $"{Trace}:{Span}:0:1", $"uber-trace-id: {Trace}:" },
    };

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task A_trace_comes_in_and_goes_on_in_the_same_format(string? propagators, string names, string values, string outgoing)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, propagators);
        var headers = names.Split('|').Zip(values.Split('|')).ToArray();

        var sent = await app.Get($"/call?url={app.Http.BaseAddress}headers", headers);

        Assert.Contains(outgoing, sent, StringComparison.OrdinalIgnoreCase);
        var server = await receiver.WaitForSpan(span => span is { TraceId: Trace, ParentSpanId: Span });
        var client = await receiver.WaitForSpan(span => span.Kind == "Client" && span.ParentSpanId == server.SpanId);
        await receiver.WaitForSpan(span => span.Kind == "Server" && span.ParentSpanId == client.SpanId);
        // No other format's header goes out.
        foreach (var other in new[] { "traceparent", "b3", "x-b3-traceid", "uber-trace-id", "request-id" }.Where(other => !outgoing.StartsWith(other + ":", StringComparison.Ordinal)))
            Assert.DoesNotContain(sent.Split('\n'), line => line.StartsWith(other + ":", StringComparison.OrdinalIgnoreCase));
    }

    [SkippableFact]
    public async Task Baggage_travels_with_the_request_by_default()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, null);

        Assert.Equal("tenant=acme corp;tier=gold", await app.Get("/baggage", ("baggage", "tier=gold, tenant=acme%20corp")));
        Assert.Contains("baggage: ", await app.Get($"/call?url={app.Http.BaseAddress}headers", ("baggage", "tier=gold")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task With_none_a_foreign_trace_is_not_joined_and_none_goes_out()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, "none");

        var sent = await app.Get($"/call?url={app.Http.BaseAddress}headers", ("traceparent", $"00-{Trace}-{Span}-01"));

        Assert.DoesNotContain("traceparent", sent, StringComparison.OrdinalIgnoreCase);
        await receiver.WaitForSpan(span => span.Kind == "Server");
        Assert.DoesNotContain(receiver.Spans, span => span.TraceId == Trace);
    }

    private static Task<RunningApp> Start(Receiver receiver, string? propagators)
    {
        var environment = RunningApp.SendingTo(receiver);
        environment["OTEL_PROPAGATORS"] = propagators;
        return RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
    }
}

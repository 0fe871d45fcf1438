using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Observability.Propagation;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Tests.Propagation;

public class JaegerPropagatorTests
{
    private const string Trace = "80f198ee56343ba864fe8b2a57d3eff7";
    private const string Span = "e457b5a2e4d86bd1";
    private static readonly JaegerPropagator Propagator = new();

    [Theory]
    [InlineData($"{Trace}:{Span}:0:1", true, false)]
    [InlineData($"{Trace}:{Span}:05e3ac9a4f6e3b90:0", false, false)]
    [InlineData($"{Trace}:{Span}:0:3", true, true)]
    [InlineData($"{Trace}:{Span}:0:2", true, true)]
    [InlineData($"{Trace}%3A{Span}%3a0%3A01", true, false)]
    public void The_trace_header_is_read(string header, bool sampled, bool debug)
    {
        var context = Extract(new() { ["uber-trace-id"] = header }).ActivityContext;
        Assert.Equal((Trace, Span), (context.TraceId.ToHexString(), context.SpanId.ToHexString()));
        Assert.Equal(sampled, context.TraceFlags == ActivityTraceFlags.Recorded);
        Assert.Equal(debug, context.TraceState == "b3=d");
        Assert.True(context.IsRemote);
    }

    [Fact]
    public void Ids_without_their_leading_zeros_are_padded()
    {
        var context = Extract(new() { ["uber-trace-id"] = "abc:1f:0:1" }).ActivityContext;
        Assert.Equal("00000000000000000000000000000abc", context.TraceId.ToHexString());
        Assert.Equal("000000000000001f", context.SpanId.ToHexString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":::")]
    [InlineData("a:b:c")]
    [InlineData("a:b:c:1:1")]
    [InlineData("0:1:0:1")]
    [InlineData("1:0:0:1")]
    [InlineData("1:1:0:zz")]
    [InlineData("1:1:0:100")]
    [InlineData($"{Trace}0:{Span}:0:1")]
    public void What_is_not_Jaegers_starts_no_trace(string header) =>
        Assert.Equal(default, Extract(new() { ["uber-trace-id"] = header }).ActivityContext);

    [Fact]
    public void What_is_written_is_read_again_with_its_baggage()
    {
        var headers = new Dictionary<string, string>();
        var sent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "b3=d");
        var baggage = Baggage.Create(new() { ["user"] = "zoë, 100 %", ["not a header name"] = "dropped" });
        Propagator.Inject(new PropagationContext(sent, baggage), headers, Carrier.Set);
        Assert.Equal($"{sent.TraceId}:{sent.SpanId}:0:3", headers["uber-trace-id"]);
        var read = Extract(headers);
        Assert.Equal((sent.TraceId, sent.SpanId, "b3=d"), (read.ActivityContext.TraceId, read.ActivityContext.SpanId, read.ActivityContext.TraceState));
        Assert.Equal([new("user", "zoë, 100 %")], read.Baggage.GetBaggage());
    }

    [Fact]
    public void Baggage_is_read_from_the_list_header() =>
        Assert.Equal(
            new Dictionary<string, string> { ["k1"] = "v1", ["k2"] = "v 2" },
            Extract(new() { ["jaeger-baggage"] = "k1=v1, k2 = v%202,broken,=x" }).Baggage.GetBaggage());

    [Fact]
    public void Baggage_is_read_from_the_headers_of_a_web_request()
    {
        var headers = new HeaderDictionary { ["Uberctx-User"] = "anna", ["Other"] = "x" };
        var read = Propagator.Extract(default, headers, (h, name) => h.TryGetValue(name, out var value) ? value : default(IEnumerable<string>)!);
        Assert.Equal([new("User", "anna")], read.Baggage.GetBaggage());
    }

    [Fact]
    public void Baggage_beyond_the_bounds_is_left_out()
    {
        var headers = Enumerable.Range(0, 100_000).ToDictionary(i => "uberctx-k" + i, i => "v");
        headers["uberctx-big"] = new string('x', 1_000_000);
        Assert.InRange(Extract(headers).Baggage.Count, 100, 180);

        var written = new Dictionary<string, string>();
        var huge = Baggage.Create(headers.ToDictionary(h => h.Key[8..], h => h.Value));
        Propagator.Inject(new PropagationContext(default, huge), written, Carrier.Set);
        Assert.InRange(written.Count, 100, 180);
        Assert.InRange(written.Sum(h => h.Key.Length + h.Value.Length), 0, 8192 + (180 * "uberctx-".Length));
    }

    private static PropagationContext Extract(Dictionary<string, string> headers) => Propagator.Extract(default, headers, Carrier.Get);
}

using System.Diagnostics;
using Observability.Propagation;
using OpenTelemetry.Context.Propagation;

namespace Observability.Tests.Propagation;

public class B3PropagatorTests
{
    private const string Trace = "80f198ee56343ba864fe8b2a57d3eff7";
    private const string Span = "e457b5a2e4d86bd1";
    private static readonly ActivityTraceId TraceId = ActivityTraceId.CreateFromString(Trace);
    private static readonly ActivitySpanId SpanId = ActivitySpanId.CreateFromString(Span);

    public static TheoryData<TextMapPropagator> Both => [new B3SingleHeaderPropagator(), new B3MultiHeaderPropagator()];

    [Theory]
    [InlineData($"{Trace}-{Span}-1-05e3ac9a4f6e3b90", true, false)]
    [InlineData($"{Trace}-{Span}-1", true, false)]
    [InlineData($"{Trace}-{Span}-0", false, false)]
    [InlineData($"{Trace}-{Span}", false, false)]
    [InlineData($"{Trace}-{Span}-d", true, true)]
    public void The_single_header_is_read_with_each_sampling_state(string header, bool sampled, bool debug)
    {
        var context = Extract(new() { ["b3"] = header });
        Assert.Equal((TraceId, SpanId), (context.TraceId, context.SpanId));
        Assert.Equal(sampled, context.TraceFlags == ActivityTraceFlags.Recorded);
        Assert.Equal(debug ? "b3=d" : null, context.TraceState);
        Assert.True(context.IsRemote);
    }

    [Fact]
    public void An_id_of_64_bits_becomes_the_low_half_of_one_of_128()
    {
        var context = Extract(new() { ["b3"] = $"64fe8b2a57d3eff7-{Span}-1" });
        Assert.Equal("000000000000000064fe8b2a57d3eff7", context.TraceId.ToHexString());
    }

    [Fact]
    public void Upper_case_ids_are_read() =>
        Assert.Equal(TraceId, Extract(new() { ["b3"] = $"{Trace.ToUpperInvariant()}-{Span.ToUpperInvariant()}-1" }).TraceId);

    [Theory]
    [InlineData("1", null, true, false)]
    [InlineData("0", null, false, false)]
    [InlineData("true", null, true, false)]
    [InlineData(null, null, false, false)]
    [InlineData(null, "1", true, true)]
    [InlineData("0", "1", true, true)]
    public void The_several_headers_are_read_with_each_sampling_state(string? state, string? flags, bool sampled, bool debug)
    {
        var headers = new Dictionary<string, string> { ["X-B3-TraceId"] = Trace, ["X-B3-SpanId"] = Span };
        if (state is not null) headers["X-B3-Sampled"] = state;
        if (flags is not null) headers["X-B3-Flags"] = flags;
        var context = Extract(headers);
        Assert.Equal((TraceId, SpanId), (context.TraceId, context.SpanId));
        Assert.Equal(sampled, context.TraceFlags == ActivityTraceFlags.Recorded);
        Assert.Equal(debug, context.TraceState == "b3=d");
    }

    [Fact]
    public void The_single_header_wins_over_the_several_ones()
    {
        var headers = new Dictionary<string, string> { ["b3"] = $"{Trace}-{Span}-1", ["X-B3-TraceId"] = new('a', 32), ["X-B3-SpanId"] = new('b', 16) };
        Assert.Equal(TraceId, Extract(headers).TraceId);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("----")]
    [InlineData($"{Trace}")]
    [InlineData($"{Trace}-{Span}-2")]
    [InlineData($"{Trace}-{Span}-1-0-0")]
    [InlineData($"00000000000000000000000000000000-{Span}-1")]
    [InlineData($"{Trace}-0000000000000000-1")]
    [InlineData($"80f198ee56343ba864fe8b2a57d3eff-{Span}-1")]
    [InlineData($"80f198ee56343ba864fe8b2a57d3efg7-{Span}-1")]
    [InlineData($"{Trace}-e457b5a2e4d86bd-1")]
    public void What_is_not_B3_starts_no_trace(string header) => Assert.Equal(default, Extract(new() { ["b3"] = header }));

    [Fact]
    public void A_header_of_a_megabyte_is_refused_unread()
    {
        var headers = new Dictionary<string, string> { ["b3"] = new string('-', 1_000_000) };
        var propagator = new B3SingleHeaderPropagator();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var context = propagator.Extract(default, headers, Carrier.Get);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        Assert.Equal(default, context.ActivityContext);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void What_one_encoding_writes_both_read(TextMapPropagator writer)
    {
        foreach (var (flags, state) in new[] { (ActivityTraceFlags.Recorded, null), (ActivityTraceFlags.None, null), (ActivityTraceFlags.Recorded, "b3=d") })
        {
            var sent = new ActivityContext(TraceId, SpanId, flags, state);
            var headers = new Dictionary<string, string>();
            writer.Inject(new PropagationContext(sent, default), headers, Carrier.Set);
            Assert.Subset(writer.Fields!, new HashSet<string>(headers.Keys));
            foreach (var reader in (TextMapPropagator[])[new B3SingleHeaderPropagator(), new B3MultiHeaderPropagator()])
            {
                var read = reader.Extract(default, headers, Carrier.Get).ActivityContext;
                Assert.Equal((TraceId, SpanId, flags, state), (read.TraceId, read.SpanId, read.TraceFlags, read.TraceState));
            }
        }
    }

    [Fact]
    public void The_published_example_is_what_is_written()
    {
        var headers = new Dictionary<string, string>();
        var context = new PropagationContext(new ActivityContext(TraceId, SpanId, ActivityTraceFlags.Recorded), default);
        new B3SingleHeaderPropagator().Inject(context, headers, Carrier.Set);
        Assert.Equal($"{Trace}-{Span}-1", headers["b3"]);
        Assert.DoesNotContain("X-B3-ParentSpanId", headers.Keys);
    }

    [Fact]
    public void Debug_survives_a_trace_state_with_other_members()
    {
        var headers = new Dictionary<string, string>();
        var context = new PropagationContext(new ActivityContext(TraceId, SpanId, ActivityTraceFlags.Recorded, "ot=th:8, b3=d"), default);
        new B3MultiHeaderPropagator().Inject(context, headers, Carrier.Set);
        Assert.Equal("1", headers["X-B3-Flags"]);
        Assert.DoesNotContain("X-B3-Sampled", headers.Keys);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Without_a_trace_nothing_is_written(TextMapPropagator propagator)
    {
        var headers = new Dictionary<string, string>();
        propagator.Inject(default, headers, Carrier.Set);
        Assert.Empty(headers);
    }

    private static ActivityContext Extract(Dictionary<string, string> headers) =>
        new B3SingleHeaderPropagator().Extract(default, headers, Carrier.Get).ActivityContext;
}

using System.Diagnostics;
using Observability.Propagation;

namespace Observability.Tests.Propagation;

/// <summary>Headers that nobody sends on purpose, against every propagator, with fixed seeds.</summary>
public class PropagationFuzzTests
{
    private const string Alphabet = "0123456789abcdefABCDEF-:,=;%d \t\0é\ud800\udc00\"b3";
    private static readonly string[] Names =
        ["traceparent", "tracestate", "baggage", "b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled", "X-B3-Flags", "uber-trace-id", "jaeger-baggage", "uberctx-k"];
    private static readonly string[] Seeds =
    [
        "00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1", "80f198ee56343ba864fe8b2a57d3eff7",
        "e457b5a2e4d86bd1", "80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1", "k=v;p=1,k2=v%202", "ot=th:8,b3=d", "1",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mangled_headers_never_throw_and_never_give_an_invalid_trace(int seed)
    {
        var random = new Random(seed);
        var propagators = new[] { "tracecontext,baggage", "b3", "b3multi", "jaeger", "jaeger,b3,tracecontext,baggage" }.Select(names => PropagatorFactory.Create(names, Assert.Null).Activity).ToList();
        for (var round = 0; round < 4_000; round++)
        {
            var headers = Names.Where(_ => random.Next(2) == 0).ToDictionary(name => name, _ => Mangle(random));
            foreach (var propagator in propagators)
            {
                propagator.ExtractTraceIdAndState(headers, Get, out var traceId, out var traceState);
                if (traceId is not null && propagator is ActivityPropagator) Assert.True(ActivityContext.TryParse(traceId, traceState, out _), traceId);
                Assert.InRange(propagator.ExtractBaggage(headers, Get)?.Count() ?? 0, 0, 1_000);
            }
        }
    }

    [Fact]
    public void Headers_of_megabytes_cost_no_more_than_their_bounds()
    {
        foreach (var names in new[] { "b3", "b3multi", "jaeger", "tracecontext", "baggage" })
        {
            var propagator = PropagatorFactory.Create(names).Activity;
            foreach (var shape in new[] { "a", "a=b,", "-", ":", "%41", "80f198ee56343ba864fe8b2a57d3eff7-" })
            {
                var huge = string.Concat(Enumerable.Repeat(shape, 4_000_000 / shape.Length));
                var headers = Names.ToDictionary(name => name, _ => huge);
                var before = GC.GetAllocatedBytesForCurrentThread();
                propagator.ExtractTraceIdAndState(headers, Get, out _, out _);
                _ = propagator.ExtractBaggage(headers, Get);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
            }
        }
    }

    private static string Mangle(Random random)
    {
        var text = Seeds[random.Next(Seeds.Length)].ToCharArray().ToList();
        for (var edits = random.Next(6); edits > 0; edits--)
        {
            var at = random.Next(text.Count + 1);
            if (random.Next(3) == 0 && at < text.Count) text.RemoveAt(at);
            else text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
        }
        return string.Concat(text);
    }

    private static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        ((Dictionary<string, string>)carrier!).TryGetValue(name, out value);
    }
}

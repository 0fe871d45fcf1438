namespace Observability.Sampling.Tests;

/// <summary>Three services in a chain, one of them Node.js with the OpenTelemetry JS SDK: traces are whole or not there.</summary>
public class ChainTests
{
    private const int Requests = 200;

    [SkippableFact]
    public async Task A_decision_made_in_NET_holds_through_Node_and_NET_again()
    {
        await using var last = await ChainService.DotNet(null);
        await using var middle = await ChainService.Node(last.Address);
        await using var first = await ChainService.DotNet(middle.Address, ("Default__Ratio", "0.25"));
        var ids = await Ask(first);

        var kept = ids.Where(id => Randomness.OfTraceId(System.Diagnostics.ActivityTraceId.CreateFromString(id)) >= Threshold.Parse("c")).ToHashSet();
        await AssertWhole(kept, (first, ["client", "server"]), (middle, ["client", "server"]), (last, ["server"]));
        Assert.All(first.Spans.Concat(middle.Spans).Concat(last.Spans), span => Assert.Equal("ot=th:c", span.TraceState));
        Assert.InRange(kept.Count, 20, 85);
    }

    [SkippableFact]
    public async Task A_decision_made_in_Node_holds_through_two_NET_services()
    {
        await using var last = await ChainService.DotNet(null, ("Default__Ratio", "0"));
        await using var middle = await ChainService.DotNet(last.Address, ("Default__Ratio", "0"));
        await using var first = await ChainService.Node(middle.Address, ratio: "0.25");
        var ids = await Ask(first);

        var kept = ids.Where(id => Randomness.OfTraceId(System.Diagnostics.ActivityTraceId.CreateFromString(id)) >= Threshold.Parse("c")).ToHashSet();
        await AssertWhole(kept, (first, ["client", "server"]), (middle, ["client", "server"]), (last, ["server"]));
        Assert.All(last.Spans, span => Assert.Equal("ot=th:c", span.TraceState));
    }

    [SkippableFact]
    public async Task Services_that_decide_each_for_themselves_with_one_ratio_keep_the_same_traces()
    {
        await using var last = await ChainService.DotNet(null, ("Parent", "Ignore"), ("Default__Ratio", "0.25"));
        await using var middle = await ChainService.DotNet(last.Address, ("Parent", "Ignore"), ("Default__Ratio", "0.25"));
        await using var first = await ChainService.Node(middle.Address, ratio: "0.25");
        await Ask(first);

        var kept = first.Spans.Select(span => span.TraceId).ToHashSet();
        await AssertWhole(kept, (first, ["client", "server"]), (middle, ["client", "server"]), (last, ["server"]));
    }

    private static async Task<List<string>> Ask(ChainService first)
    {
        // The caller is no part of the traces, whatever other tests of this process listen to.
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        var ids = new List<string>();
        for (var i = 0; i < Requests; i++) ids.Add(await client.GetStringAsync(new Uri(first.Address + "/orders/" + i)));
        Assert.Equal(Requests, ids.Distinct().Count());
        return ids;
    }

    private static async Task AssertWhole(HashSet<string> kept, params (ChainService Service, string[] Kinds)[] chain)
    {
        Assert.NotEmpty(kept);
        foreach (var (service, kinds) in chain)
        {
            await service.WaitForSpans(kept.Count * kinds.Length);
            var traces = service.Spans.GroupBy(span => span.TraceId).ToDictionary(trace => trace.Key, trace => trace.Select(span => span.Kind).Order().ToArray());
            Assert.True(kept.SetEquals(traces.Keys), $"{service.Address} lacks {Difference(kept, traces.Keys)}, and has besides {Difference(traces.Keys, kept)}\n{string.Join('\n', service.Spans.Where(span => !kept.Contains(span.TraceId)))}");
            Assert.All(traces.Values, spans => Assert.Equal(kinds, spans));
        }
    }

    private static string Difference(IEnumerable<string> all, IEnumerable<string> without) => string.Join(' ', all.Except(without).DefaultIfEmpty("nothing"));
}

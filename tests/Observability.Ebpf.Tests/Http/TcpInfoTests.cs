namespace Observability.Ebpf.Tests.Http;

public sealed class TcpInfoTests
{
    [SkippableFact]
    public async Task With_the_option_a_span_tells_retransmits_and_round_trip_of_its_connection()
    {
        Linux.Require();
        using var spans = new SpanCollector(options => options.TcpInfo = true);
        await using var server = await TrueServer.Start();
        using var client = new HttpClient();

        for (var i = 0; i < 3; i++) await client.GetStringAsync(server.Http1);

        var mine = spans.Of("System.Net.Http.HttpRequestOut").Where(span => server.PortOf.ContainsKey(span.SpanId.ToHexString())).ToList();
        Assert.Equal(3, mine.Count);
        // Nothing is lost on loopback. A round trip there takes microseconds.
        Assert.All(mine, span => Assert.Equal(0L, span.GetTagItem("tcp.retransmits")));
        Assert.All(mine, span => Assert.InRange((double)span.GetTagItem("tcp.rtt")!, 1e-6, 1));
    }

    [SkippableFact]
    public async Task Without_the_option_nothing_is_asked()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = new HttpClient();

        await client.GetStringAsync(server.Http1);

        Assert.All(spans.Ended, span => Assert.Null(span.GetTagItem("tcp.rtt")));
    }
}

using System.Diagnostics;

namespace Observability.Ebpf.Tests.Http;

/// <summary>Whoever listens to .NET's experimental spans of connections changes what is current while a connection is opened.</summary>
public sealed class ExperimentalSourceTests
{
    [SkippableTheory]
    [InlineData(ActivitySamplingResult.None)]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded)]
    public async Task Sockets_are_told_beside_a_listener_to_the_experimental_spans(ActivitySamplingResult wish)
    {
        Linux.Require();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Experimental.System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => wish,
        };
        ActivitySource.AddActivityListener(listener);
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 3 });

        for (var wave = 0; wave < 4; wave++) await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.GetStringAsync(server.Http1)));

        var mine = spans.Of("System.Net.Http.HttpRequestOut").Where(span => server.PortOf.ContainsKey(span.SpanId.ToHexString())).ToList();
        Assert.Equal(24, mine.Count);
        Assert.All(mine, span => Assert.Equal(server.PortOf[span.SpanId.ToHexString()], span.GetTagItem("network.local.port")));
    }
}

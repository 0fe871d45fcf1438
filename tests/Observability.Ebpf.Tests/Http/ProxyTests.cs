using System.Net;
using TestPeers;

namespace Observability.Ebpf.Tests.Http;

public sealed class ProxyTests
{
    private const string Request = "System.Net.Http.HttpRequestOut";

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("tunnel")]
    public async Task Behind_a_proxy_a_span_names_the_socket_to_the_proxy(string way)
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        var address = way == "tunnel" ? server.Tls : server.Http1;
        using var proxy = new HttpProxy(address);
        var handler = new SocketsHttpHandler { Proxy = new WebProxy("127.0.0.1", proxy.Port), UseProxy = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        using var client = new HttpClient(handler);
        // A name, because addresses of this machine are never sent through a proxy's bypass list by name.
        var url = new UriBuilder(address) { Host = "origin.test" }.Uri;

        for (var wave = 0; wave < 3; wave++) await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetStringAsync(url)));

        var mine = spans.Of(Request).Where(span => server.PortOf.ContainsKey(span.SpanId.ToHexString())).ToList();
        Assert.Equal(12, mine.Count);
        foreach (var span in mine)
        {
            Assert.Equal(proxy.ClientPortOf[server.PortOf[span.SpanId.ToHexString()]], span.GetTagItem("network.local.port"));
            Assert.Equal(proxy.Port, span.GetTagItem("network.peer.port"));
            Assert.NotNull(span.GetTagItem("network.socket.cookie"));
        }
    }
}

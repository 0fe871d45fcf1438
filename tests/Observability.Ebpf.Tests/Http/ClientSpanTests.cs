using System.Diagnostics;
using System.Net;

namespace Observability.Ebpf.Tests.Http;

/// <summary>HttpClient's spans against the port that the server saw.</summary>
public sealed class ClientSpanTests
{
    private const string Request = "System.Net.Http.HttpRequestOut";

    public static TheoryData<string, string> Protocols => new()
    {
        { "cleartext", "1.1" },
        { "cleartext", "2.0" },
        { "TLS", "1.1" },
        { "TLS", "2.0" },
    };

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task Every_client_span_names_the_port_that_the_server_saw(string security, string version)
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = Client(security == "TLS", connections: 4);

        // Waves of eight callers over at most four connections: reuse, queueing and, with HTTP/2, streams side by side.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++) await Get(client, Address(server, security, version), version);
        })));

        AssertTruth(spans, server, expected: 120);
    }

    [SkippableFact]
    public async Task Sockets_are_told_for_clients_that_a_factory_would_make_and_for_plain_ones()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();

        foreach (var handler in new HttpMessageHandler[] { new HttpClientHandler(), new SocketsHttpHandler { ConnectCallback = null } })
        {
            using var client = new HttpClient(handler);
            await client.GetStringAsync(server.Http1);
        }
        using (var plain = new HttpClient()) await plain.GetStringAsync(server.Http1);

        AssertTruth(spans, server, expected: 3);
    }

    [SkippableFact]
    public async Task A_connection_that_an_unsampled_request_opened_is_known_to_the_sampled_ones_after_it()
    {
        Linux.Require();
        var sampler = new SwitchedSampler();
        using var spans = new SpanCollector(sampler: sampler);
        await using var server = await TrueServer.Start();
        using var client = Client(tls: false, connections: 1);

        await Get(client, server.Http1, "1.1");
        Assert.DoesNotContain(spans.Of(Request), span => server.PortOf.ContainsKey(span.SpanId.ToHexString()));
        sampler.IsOn = true;
        await Get(client, server.Http1, "1.1");

        AssertTruth(spans, server, expected: 1);
    }

    [SkippableFact]
    public async Task Requests_side_by_side_under_one_span_are_told_apart()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = Client(tls: false, connections: 16);
        using var source = new ActivitySource("Test");

        using (source.StartActivity("parent"))
        {
            for (var wave = 0; wave < 5; wave++) await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Get(client, server.Http1, "1.1")));
        }

        AssertTruth(spans, server, expected: 80);
    }

    private static void AssertTruth(SpanCollector spans, TrueServer server, int expected)
    {
        var mine = spans.Of(Request).Where(span => server.PortOf.ContainsKey(span.SpanId.ToHexString())).ToList();
        Assert.Equal(expected, mine.Count);
        foreach (var span in mine)
        {
            Assert.Equal(server.PortOf[span.SpanId.ToHexString()], span.GetTagItem("network.local.port"));
            Assert.Equal("127.0.0.1", span.GetTagItem("network.local.address"));
            Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
            Assert.Equal(span.GetTagItem("server.port"), span.GetTagItem("network.peer.port"));
            Assert.Equal("tcp", span.GetTagItem("network.transport"));
            Assert.True(ulong.Parse((string)span.GetTagItem("network.socket.cookie")!) > 0);
        }
        // One cookie a connection, and no other connection has it.
        foreach (var connection in mine.GroupBy(span => span.GetTagItem("network.socket.cookie")))
            Assert.Single(connection.Select(span => span.GetTagItem("network.local.port")).Distinct());
        foreach (var connection in mine.GroupBy(span => span.GetTagItem("network.local.port")))
            Assert.Single(connection.Select(span => span.GetTagItem("network.socket.cookie")).Distinct());
    }

    private static Uri Address(TrueServer server, string security, string version) =>
        security == "TLS" ? server.Tls : version == "2.0" ? server.Http2 : server.Http1;

    private static HttpClient Client(bool tls, int connections)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        if (tls) handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        return new HttpClient(handler);
    }

    private static async Task Get(HttpClient client, Uri address, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await response.Content.ReadAsStringAsync();
    }
}

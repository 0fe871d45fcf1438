using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;

namespace Observability.Ebpf.Tests.Http;

/// <summary>What listening costs, and that it changes nothing that the application sees.</summary>
public sealed class ListeningTests
{
    private const string Request = "System.Net.Http.HttpRequestOut";
    private const string SocketsInternal = "Private.InternalDiagnostics.System.Net.Sockets";

    [SkippableFact]
    public async Task Once_connections_are_open_nobody_listens_to_the_operations_of_sockets()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = new HttpClient();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetStringAsync(server.Http1)));

        Assert.False(SocketsSource().IsEnabled(), "every send and receive of the process would be formatted as text");
        Assert.Equal(8, spans.Of(Request).Count(span => span.GetTagItem("network.socket.cookie") is not null && server.PortOf.ContainsKey(span.SpanId.ToHexString())));
    }

    [SkippableFact]
    public async Task A_name_whose_first_address_refuses_is_told_by_the_socket_of_the_second()
    {
        Linux.Require();
        Skip.IfNot(Socket.OSSupportsIPv6 && Dns.GetHostAddresses("localhost").Length > 1, "localhost has one address here");
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = new HttpClient();

        await client.GetStringAsync(new Uri($"http://localhost:{server.Http1.Port}/"));

        var span = Assert.Single(spans.Of(Request), span => server.PortOf.ContainsKey(span.SpanId.ToHexString()));
        Assert.Equal(server.PortOf[span.SpanId.ToHexString()], span.GetTagItem("network.local.port"));
    }

    [SkippableFact]
    public async Task A_connect_callback_sees_the_current_span_that_it_would_see_without_us()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        Activity? seen = null;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                seen = Activity.Current;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        await client.GetStringAsync(server.Http1);

        var span = Assert.Single(spans.Of(Request), span => server.PortOf.ContainsKey(span.SpanId.ToHexString()));
        Assert.Same(span, seen);
        Assert.Equal(server.PortOf[span.SpanId.ToHexString()], span.GetTagItem("network.local.port"));
    }

    [SkippableFact]
    public async Task A_request_over_a_known_connection_allocates_little_more_than_an_untagged_one()
    {
        Linux.Require();
        using var server = new PlainServer();
        using var client = new HttpClient();
        var plain = await Bytes(client, server.Address, tagged: false, enough: 0);
        var tagged = await Bytes(client, server.Address, tagged: true, enough: plain + 900);
        // The attributes, and .NET's one event that names the connection. All of .NET's events would be 1,700 bytes, and its internal ones of sockets 4,000 more.
        Assert.True(tagged - plain <= 900, $"{plain} bytes untagged, {tagged} tagged");
    }

    /// <summary>The least of several rounds, and of more while it is not little enough: other threads of the process allocate, too.</summary>
    private static async Task<double> Bytes(HttpClient client, Uri address, bool tagged, double enough)
    {
        const int Requests = 300;
        using var spans = new SpanCollector(options => (options.Enabled, options.Servers) = (tagged, false), keeps: false);
        var least = double.MaxValue;
        for (var round = 0; round < 6 || (round < 30 && least > enough && enough > 0); round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Requests; i++) await client.GetStringAsync(address);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests);
        }
        return least;
    }

    private static EventSource SocketsSource() => EventSource.GetSources().Single(source => source.Name == SocketsInternal);
}

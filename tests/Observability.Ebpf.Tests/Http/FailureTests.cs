using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Observability.Ebpf.Tests.Http;

public sealed class FailureTests
{
    private const string Request = "System.Net.Http.HttpRequestOut";

    [SkippableFact]
    public async Task A_refused_request_names_the_socket_that_was_refused()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        var port = ClosedPort();
        using var client = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/")));

        var span = Assert.Single(spans.Of(Request), span => Equals(span.GetTagItem("server.port"), port));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.True(ulong.Parse((string)span.GetTagItem("network.socket.cookie")!) > 0);
        Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
        Assert.Equal(port, span.GetTagItem("network.peer.port"));
    }

    [SkippableFact]
    public async Task A_request_repeated_on_a_second_connection_names_the_second()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var client = new HttpClient();
        var ports = ServeThenHangUp(listener);

        await client.GetStringAsync(address);
        // The server hangs up when it has this one, without an answer: HttpClient sends it again on a new connection.
        await client.GetStringAsync(address);

        var (first, second) = await ports;
        var mine = spans.Of(Request).Where(span => Equals(span.GetTagItem("server.port"), address.Port)).ToList();
        Assert.Equal([first, second], mine.Select(span => (int)span.GetTagItem("network.local.port")!));
        Assert.NotEqual(mine[0].GetTagItem("network.socket.cookie"), mine[1].GetTagItem("network.socket.cookie"));
    }

    [SkippableFact]
    public async Task A_reset_in_the_middle_leaves_the_connection_on_the_span()
    {
        Linux.Require();
        using var spans = new SpanCollector();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var client = new HttpClient();
        var serving = Task.Run(async () =>
        {
            using var connection = await listener.AcceptSocketAsync();
            var port = ((IPEndPoint)connection.RemoteEndPoint!).Port;
            await connection.ReceiveAsync(new byte[4096]);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray());
            connection.LingerState = new LingerOption(true, 0);
            return port;
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(address));

        var span = Assert.Single(spans.Of(Request), span => Equals(span.GetTagItem("server.port"), address.Port));
        Assert.Equal(await serving, span.GetTagItem("network.local.port"));
    }

    private static async Task<(int First, int Second)> ServeThenHangUp(TcpListener listener)
    {
        int first;
        using (var connection = await listener.AcceptSocketAsync())
        {
            first = ((IPEndPoint)connection.RemoteEndPoint!).Port;
            await Answer(connection);
            await connection.ReceiveAsync(new byte[4096]);
        }
        using var again = await listener.AcceptSocketAsync();
        await Answer(again);
        return (first, ((IPEndPoint)again.RemoteEndPoint!).Port);
    }

    private static async Task Answer(Socket connection)
    {
        await connection.ReceiveAsync(new byte[4096]);
        await connection.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using Observability.Sources.HttpClientPeer;

namespace Observability.Tests.Sources.HttpClientPeer;

public class ConnectedEndPointsTests
{
    [Theory]
    [InlineData("10.0.0.7", 8080, "10.0.0.7")]
    [InlineData("2001:db8::1", 443, "2001:db8::1")]
    [InlineData("::ffff:10.0.0.7", 80, "10.0.0.7")]
    [InlineData("fe80::1%3", 65535, "fe80::1")]
    public void The_frameworks_text_of_an_address_is_read(string address, int port, string expected) =>
        Assert.Equal((IPAddress.Parse(expected), port), ConnectedEndPoints.Parse(new IPEndPoint(IPAddress.Parse(address), port).Serialize().ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("Unix:110:{47,116,109,112}")]
    [InlineData("InterNetwork:16:{31,144,10,0}")]
    [InlineData("InterNetwork:16:{31,144,10,0,0,700}")]
    [InlineData("InterNetwork:16:31,144,10,0,0,7")]
    public void Any_other_text_is_no_address(string text) => Assert.Null(ConnectedEndPoints.Parse(text));

    [Fact]
    public async Task A_clients_connection_is_known_before_its_first_request_is_answered()
    {
        using var connected = new ConnectedEndPoints();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        Assert.False(connected.Contains(IPAddress.Loopback, port));
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource();
        var answer = client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), patience.Token);
        using var accepted = await server.AcceptTcpClientAsync();
        Assert.True(connected.Contains(IPAddress.Loopback, port));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }
}

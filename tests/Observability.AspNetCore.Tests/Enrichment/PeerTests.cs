using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>Who is at either end, on the connections that are not IPv4.</summary>
public sealed class PeerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peer-").FullName;

    [Fact]
    public async Task An_IPv6_address_has_no_brackets()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/a", () => "a"), settings: ("urls", "http://[::1]:0"));
        var span = await app.SpanOf(client => client.GetAsync("/a"));
        Assert.Equal("::1", span.GetTagItem("server.address"));
        Assert.Equal(app.Client.BaseAddress!.Port, span.GetTagItem("server.port"));
        Assert.Equal("::1", span.GetTagItem("network.peer.address"));
    }

    [Fact]
    public async Task A_client_on_a_unix_socket_has_no_address()
    {
        var path = Path.Combine(_folder, "app.sock");
        await using var app = await RunningApp.Start(web => web.MapGet("/a", () => "a"), settings: ("urls", "http://unix:" + path));
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => Connect(path, cancellation) });
        var span = await app.SpanOf(_ => client.GetAsync(new Uri("http://shop.example/a")));
        Assert.Null(span.GetTagItem("network.peer.address"));
        Assert.Null(span.GetTagItem("network.peer.port"));
        Assert.Null(span.GetTagItem("client.address"));
        Assert.Equal("shop.example", span.GetTagItem("server.address"));
        Assert.Equal(80, span.GetTagItem("server.port"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async ValueTask<Stream> Connect(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

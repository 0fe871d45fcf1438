using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Observability.Sources.HttpClientPeer;
using TestPeers;

namespace Observability.Tests.Sources.HttpClientPeer;

/// <summary>Real sockets: the address and port on the span are those at which the server was reached.</summary>
public sealed class HttpClientPeersTests : IDisposable
{
    private readonly ConcurrentDictionary<string, Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly HttpClientPeers _peers = new();

    public HttpClientPeersTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                _peers.Complete(activity);
                if (activity.ParentId is { } parent) _spans[parent] = activity;
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _peers.Dispose();
    }

    [Fact]
    public async Task A_new_and_a_kept_alive_connection_tell_their_peer()
    {
        await using var server = await PeerServer.Start(IPAddress.Loopback);
        using var client = new HttpClient();
        for (var i = 0; i < 3; i++) await GetsItsPeer(client, server.Address);
        Assert.Single(server.Connections.Distinct());
    }

    [Fact]
    public async Task A_name_is_told_by_the_address_that_it_led_to()
    {
        await using var server = await PeerServer.Start(IPAddress.Loopback);
        using var client = new HttpClient();
        var (peer, _) = await GetsItsPeer(client, new Uri($"http://localhost:{server.Address.Port}"));
        Assert.Equal("127.0.0.1", peer);
    }

    [Fact]
    public async Task Requests_under_way_at_once_never_mix_their_peers()
    {
        await using var one = await PeerServer.Start(IPAddress.Loopback);
        await using var two = await PeerServer.Start(IPAddress.Parse("127.0.0.2"));
        using var client = new HttpClient();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => GetsItsPeer(client, (i % 2 == 0 ? one : two).Address)));
    }

    [SkippableFact]
    public async Task IPv6_is_told_as_such()
    {
        Skip.IfNot(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var server = await PeerServer.Start(IPAddress.IPv6Loopback);
        using var client = new HttpClient();
        Assert.Equal("::1", (await GetsItsPeer(client, server.Address)).Address);
    }

    [Fact]
    public async Task TLS_makes_no_difference()
    {
        await using var server = await PeerServer.Start(IPAddress.Loopback, tls: true);
        using var client = Trusting();
        for (var i = 0; i < 2; i++) await GetsItsPeer(client, server.Address);
    }

    [Fact]
    public async Task Streams_that_share_an_HTTP2_connection_tell_its_only_peer()
    {
        await using var server = await PeerServer.Start(IPAddress.Loopback, HttpProtocols.Http2);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        await GetsItsPeer(client, server.Address);
        server.Gate = new SemaphoreSlim(0);
        var all = Enumerable.Range(0, 20).Select(_ => GetsItsPeer(client, server.Address)).ToList();
        while (server.Connections.Count < 21) await Task.Delay(5);
        server.Gate.Release(20);
        await Task.WhenAll(all);
        Assert.Single(server.Connections.Distinct());
    }

    [Fact]
    public async Task A_forwarding_proxy_is_the_peer_and_its_port_is_not_guessed()
    {
        await using var server = await PeerServer.Start(IPAddress.Loopback);
        using var proxy = new HttpProxy(server.Address);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy($"http://127.0.0.1:{proxy.Port}") });
        for (var i = 0; i < 2; i++)
        {
            var span = (await Get(client, new Uri($"http://shop.invalid:{server.Address.Port}/"))).Span;
            Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
            Assert.Null(span.GetTagItem("network.peer.port"));
        }
    }

    [Fact]
    public async Task Through_a_tunnel_the_port_is_the_proxys_or_left_away()
    {
        // The origin listens at another address, so that its port is no proof for the proxy's.
        await using var server = await PeerServer.Start(IPAddress.Parse("127.0.0.3"), tls: true);
        using var proxy = new HttpProxy(server.Address);
        using var client = Trusting(new WebProxy($"http://127.0.0.1:{proxy.Port}"));
        for (var i = 0; i < 3; i++)
        {
            var span = (await Get(client, new Uri($"https://shop.invalid:{server.Address.Port}/"))).Span;
            Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
            Assert.Contains(span.GetTagItem("network.peer.port"), new object?[] { null, proxy.Port });
        }
    }

    [Fact]
    public void A_request_allocates_nothing_but_its_two_attributes()
    {
        var key = new PeerKey("shop", 80, "10.0.0.7", "http", "1.1");
        var book = new PeerBook((_, port) => port == 80);
        var peer = book.Opened(key)!;
        using var first = new Activity("a");
        using var second = new Activity("b");
        _ = book.Find(key);
        PeerAttributes.Write(new Activity("warm"), peer);
        first.SetTag("network.peer.port", peer.Port).SetTag("network.peer.address", peer.Address);

        var start = GC.GetAllocatedBytesForCurrentThread();
        second.SetTag("network.peer.port", peer.Port).SetTag("network.peer.address", peer.Address);
        var attributes = GC.GetAllocatedBytesForCurrentThread() - start;
        using var third = new Activity("c");
        start = GC.GetAllocatedBytesForCurrentThread();
        PeerAttributes.Write(third, book.Find(key)!);
        Assert.Equal(attributes, GC.GetAllocatedBytesForCurrentThread() - start);
    }

    [Fact]
    public void A_peer_that_is_not_connected_at_that_port_has_no_port()
    {
        var book = new PeerBook((address, port) => address.Equals(IPAddress.Parse("10.0.0.7")) && port == 3128);
        Assert.Null(book.Opened(new PeerKey("shop", 443, "10.0.0.7", "https", "1.1"))!.Port);
        Assert.Equal(3128, book.Opened(new PeerKey("shop", 3128, "::ffff:10.0.0.7", "http", "1.1"))!.Port);
    }

    [Fact]
    public void Of_two_open_peers_neither_is_told()
    {
        var book = new PeerBook((_, _) => false);
        var one = book.Opened(new PeerKey("shop", 443, "10.0.0.7", "https", "2"))!;
        var two = book.Opened(new PeerKey("shop", 443, "10.0.0.8", "https", "2"))!;
        one.Count(1);
        Assert.Same(one, book.OnlyOpen("shop", 443, "2"));
        two.Count(1);
        Assert.Null(book.OnlyOpen("shop", 443, "2"));
        one.Count(-1);
        Assert.Same(two, book.OnlyOpen("shop", 443, "2"));
    }

    [Fact]
    public void The_book_is_bounded()
    {
        var book = new PeerBook((_, _) => false);
        for (var i = 0; i < 5_000; i++) book.Opened(new PeerKey("shop" + i, 443, "10.0.0.7", "https", "1.1"))?.Count(1);
        Assert.Null(book.Opened(new PeerKey("one more", 443, "10.0.0.7", "https", "1.1")));
    }

#pragma warning disable CA5359 // The server's certificate was made a moment ago and nobody signed it.
    private static HttpClient Trusting(IWebProxy? proxy = null) =>
        new(new SocketsHttpHandler { Proxy = proxy, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
#pragma warning restore CA5359

    private async Task<(string Address, int Port)> GetsItsPeer(HttpClient client, Uri address)
    {
        var (answer, span) = await Get(client, address);
        var (peer, port) = ((string)span.GetTagItem("network.peer.address")!, (int)span.GetTagItem("network.peer.port")!);
        Assert.Equal(answer, $"{peer} {port}");
        return (peer, port);
    }

    private async Task<(string Answer, Activity Span)> Get(HttpClient client, Uri address)
    {
        using var parent = new Activity("test").Start();
        var answer = await client.GetStringAsync(address);
        return (answer, _spans[parent.Id!]);
    }
}

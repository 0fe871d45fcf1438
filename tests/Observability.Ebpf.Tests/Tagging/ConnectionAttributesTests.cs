using System.Diagnostics;
using System.Net;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.Tests.Tagging;

public sealed class ConnectionAttributesTests
{
    private static readonly TcpConnection First = new(5, ulong.MaxValue, IPEndPoint.Parse("10.0.0.1:1000"), IPEndPoint.Parse("10.0.0.2:80"));
    private static readonly TcpConnection Second = new(6, 7, IPEndPoint.Parse("[2001:db8::1]:2000"), IPEndPoint.Parse("[2001:db8::2]:443"));

    [Fact]
    public void A_cookie_beyond_the_signed_numbers_is_told_in_full()
    {
        using var span = new Activity("test");
        ConnectionAttributes.Write(span, First);
        Assert.Equal("18446744073709551615", span.GetTagItem("network.socket.cookie"));
    }

    [Fact]
    public void A_second_connection_replaces_the_first_and_doubles_nothing()
    {
        using var span = new Activity("test");
        ConnectionAttributes.Write(span, First);
        ConnectionAttributes.Write(span, Second);
        Assert.Equal(
            [("network.local.address", "2001:db8::1"), ("network.local.port", 2000), ("network.peer.address", "2001:db8::2"), ("network.peer.port", 443), ("network.socket.cookie", "7"), ("network.transport", "tcp")],
            span.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (tag.Key, tag.Value!)));
    }

    [Fact]
    public void A_peer_that_another_wrote_stays()
    {
        using var span = new Activity("test");
        span.SetTag("network.peer.address", "10.9.9.9");
        ConnectionAttributes.CompletePeer(span, First);
        Assert.Equal("10.9.9.9", span.GetTagItem("network.peer.address"));
        Assert.Null(span.GetTagItem("network.peer.port"));
    }

    [Fact]
    public void Writing_a_connection_again_allocates_nothing()
    {
        using var span = new Activity("test");
        for (var i = 0; i < 100; i++) ConnectionAttributes.Write(span, First);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) ConnectionAttributes.Write(span, First);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

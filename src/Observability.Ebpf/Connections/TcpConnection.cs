using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Observability.Ebpf.Native;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.Connections;

/// <summary>One TCP connection, with everything that a span says of it made once.</summary>
internal sealed class TcpConnection
{
    public TcpConnection(int descriptor, ulong cookie, IPEndPoint? local, IPEndPoint? peer)
    {
        Descriptor = descriptor;
        Cookie = cookie;
        CookieText = cookie.ToString(CultureInfo.InvariantCulture);
        if (local is { Port: > 0 }) (LocalAddress, LocalPort) = (local.Address.ToString(), local.Port);
        if (peer is { Port: > 0 }) (PeerAddress, PeerPort) = (peer.Address.ToString(), peer.Port);
    }

    /// <summary>May have been closed and given to another socket: whoever uses it compares the cookie.</summary>
    public int Descriptor { get; }

    public ulong Cookie { get; }

    /// <summary>Decimal: half of all cookies would not fit into the signed integer that attributes have.</summary>
    public string CookieText { get; }

    public string? LocalAddress { get; }

    /// <summary>Boxed once for all spans.</summary>
    public object? LocalPort { get; }

    public string? PeerAddress { get; }

    /// <summary>Boxed once for all spans.</summary>
    public object? PeerPort { get; }

    /// <summary>Where the kernel finds the span that the connection carries; null while there is no agent.</summary>
    public Slot? Slot { get; set; }

    /// <summary>Null when the socket is not TCP or already closed.</summary>
    public static TcpConnection? Of(Socket socket)
    {
        try
        {
            return Of((int)socket.Handle, expected: 0);
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Null when the descriptor is no connected TCP socket, or not the one with the expected cookie (0 expects none in particular).</summary>
    public static TcpConnection? Of(int descriptor, ulong expected)
    {
        if (!KernelSocket.IsTcp(descriptor)) return null;
        var local = KernelSocket.Local(descriptor);
        var peer = KernelSocket.Peer(descriptor);
        var cookie = KernelSocket.Cookie(descriptor);
        if (cookie == 0 || local is null || peer is null || (expected != 0 && cookie != expected)) return null;
        return new TcpConnection(descriptor, cookie, local, peer);
    }
}

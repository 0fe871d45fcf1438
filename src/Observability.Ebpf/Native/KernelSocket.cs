using System.Buffers.Binary;
using System.Net;

namespace Observability.Ebpf.Native;

/// <summary>What the kernel says of a socket. Every answer may be "nothing": the descriptor may have been closed, or be another's by now.</summary>
internal static unsafe class KernelSocket
{
    private const int AddressFamilyInet = 2;
    private const int AddressFamilyInet6 = 10;
    private const int ProtocolTcp = 6;

    /// <summary>The socket's cookie: unique among all sockets since the machine started, never 0. 0 when there is no such socket.</summary>
    public static ulong Cookie(int descriptor)
    {
        ulong cookie = 0;
        var length = sizeof(ulong);
        return Libc.GetSocketOption(descriptor, Libc.SocketLevel, Libc.CookieOption, &cookie, &length) == 0 ? cookie : 0;
    }

    public static bool IsTcp(int descriptor)
    {
        var protocol = 0;
        var length = sizeof(int);
        return Libc.GetSocketOption(descriptor, Libc.SocketLevel, Libc.ProtocolOption, &protocol, &length) == 0 && protocol == ProtocolTcp;
    }

    public static IPEndPoint? Local(int descriptor)
    {
        var address = stackalloc byte[128];
        var length = 128;
        return Libc.GetSocketName(descriptor, address, &length) == 0 ? EndPoint(new ReadOnlySpan<byte>(address, length)) : null;
    }

    public static IPEndPoint? Peer(int descriptor)
    {
        var address = stackalloc byte[128];
        var length = 128;
        return Libc.GetPeerName(descriptor, address, &length) == 0 ? EndPoint(new ReadOnlySpan<byte>(address, length)) : null;
    }

    /// <summary>Null when the descriptor is no longer the socket with this cookie.</summary>
    public static TcpInfo? Info(int descriptor, ulong cookie)
    {
        TcpInfo info = default;
        var length = sizeof(TcpInfo);
        if (Libc.GetSocketOption(descriptor, Libc.TcpLevel, Libc.TcpInfoOption, &info, &length) != 0) return null;
        // Asked after the reading: a descriptor that was reused in between gives itself away.
        return Cookie(descriptor) == cookie ? info : null;
    }

    /// <summary>Reads a <c>sockaddr</c>. An IPv4 address in an IPv6 socket is told as IPv4, as every other tool does.</summary>
    public static IPEndPoint? EndPoint(ReadOnlySpan<byte> address)
    {
        if (address.Length < 8) return null;
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        switch (BitConverter.ToUInt16(address))
        {
            case AddressFamilyInet:
                return new IPEndPoint(new IPAddress(address.Slice(4, 4)), port);
            case AddressFamilyInet6 when address.Length >= 24:
                var ip = new IPAddress(address.Slice(8, 16));
                return new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, port);
            default:
                return null;
        }
    }
}

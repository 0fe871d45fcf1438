using System.Net;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Native;

namespace Observability.Ebpf.HttpClients;

/// <summary>A socket that was created under a span and is, or may become, a connection of a client.</summary>
internal sealed class NewSocket(int descriptor, ulong cookie)
{
    public int Descriptor => descriptor;

    public ulong Cookie => cookie;

    /// <summary>Where it was told to connect to.</summary>
    public IPEndPoint? Target { get; set; }

    /// <summary>Set once a client has said that this connection is established.</summary>
    public bool IsTaken { get; set; }

    /// <summary>The connection, when the socket is still itself and connected.</summary>
    public TcpConnection? Connected() => TcpConnection.Of(descriptor, cookie);

    /// <summary>What can be said of a connection that never came to be: the cookie, where it went to, and its own end while it is still trying.</summary>
    public TcpConnection Attempt()
    {
        var local = KernelSocket.Local(descriptor);
        return new TcpConnection(descriptor, cookie, KernelSocket.Cookie(descriptor) == cookie ? local : null, Target);
    }
}

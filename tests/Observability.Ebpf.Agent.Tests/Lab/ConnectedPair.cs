using System.Net.Sockets;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>Both ends of one connection.</summary>
internal sealed class ConnectedPair : IDisposable
{
    private ConnectedPair(Socket near, Socket far) => (Near, Far) = (near, far);

    public Socket Near { get; }

    public Socket Far { get; }

    public static async Task<ConnectedPair> To(Socket listener)
    {
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await near.ConnectAsync(listener.LocalEndPoint!);
        return new ConnectedPair(near, await listener.AcceptAsync());
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}

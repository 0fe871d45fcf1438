using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Observability.Benchmarks.Ebpf;

/// <summary>Real trouble over loopback, so that the programs which only see trouble run: connections cut off, and greetings that have to be sent again.</summary>
[SupportedOSPlatform("linux")]
internal static class TroubledConnections
{
    /// <summary>Each is reset by one side.</summary>
    public static void CutOff(Tagged application, int count)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        for (var i = 0; i < count; i++)
        {
            using var near = NewSocket();
            application.Connecting(near);
            near.Connect(listener.LocalEndpoint);
            using var far = listener.AcceptSocket();
            far.LingerState = new LingerOption(true, 0);
        }
    }

    /// <summary>Nobody accepts: the kernel drops the greetings, and sends each again after a second.</summary>
    public static void Unanswered(Tagged application, int count)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var waiting = new List<Socket>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var near = NewSocket();
                waiting.Add(near);
                near.Blocking = false;
                application.Connecting(near);
                try
                {
                    near.Connect(listener.LocalEndPoint!);
                }
                catch (SocketException underWay) when (underWay.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // That is what is wanted: the kernel goes on by itself.
                }
            }
            Thread.Sleep(TimeSpan.FromSeconds(3.5));
        }
        finally
        {
            foreach (var near in waiting) near.Dispose();
        }
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}

using System.Net;
using System.Net.Sockets;

namespace TestPeers;

/// <summary>A port for a program that cannot be asked which one it took.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Observability.Tests.Sources.HttpClientPeer;

/// <summary>A proxy that forwards plain requests' connections and opens tunnels, always to one origin.</summary>
internal sealed class Proxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _origin;

    public Proxy(Uri origin)
    {
        _origin = new IPEndPoint(IPAddress.Parse(origin.Host), origin.Port);
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Stop();

    private async Task Serve()
    {
        try
        {
            while (true) _ = Relay(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped with the test.
        }
    }

    private async Task Relay(TcpClient client)
    {
        using var _ = client;
        using var origin = new TcpClient();
        await origin.ConnectAsync(_origin);
        var (near, far) = (client.GetStream(), origin.GetStream());
        var buffer = new byte[16_384];
        var length = await near.ReadAsync(buffer);
        if (Encoding.ASCII.GetString(buffer, 0, length).StartsWith("CONNECT", StringComparison.Ordinal)) await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        else await far.WriteAsync(buffer.AsMemory(0, length));
        await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
    }
}

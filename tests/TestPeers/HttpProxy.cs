using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TestPeers;

/// <summary>A proxy that forwards plain requests and opens tunnels, always to one origin, and knows which of its two ports belong together.</summary>
public sealed class HttpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _origin;

    public HttpProxy(Uri origin)
    {
        _origin = new IPEndPoint(IPAddress.Parse(origin.Host), origin.Port);
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From the port that the origin sees to the port that the client has.</summary>
    public ConcurrentDictionary<int, int> ClientPortOf { get; } = new();

    public void Dispose() => _listener.Dispose();

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
        using var origin = new TcpClient(AddressFamily.InterNetwork);
        await origin.ConnectAsync(_origin);
        ClientPortOf[((IPEndPoint)origin.Client.LocalEndPoint!).Port] = ((IPEndPoint)client.Client.RemoteEndPoint!).Port;
        var (near, far) = (client.GetStream(), origin.GetStream());
        var buffer = new byte[16_384];
        var length = await near.ReadAsync(buffer);
        if (Encoding.ASCII.GetString(buffer, 0, length).StartsWith("CONNECT", StringComparison.Ordinal)) await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        else await far.WriteAsync(buffer.AsMemory(0, length));
        await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
    }
}

using System.Net;
using System.Net.Sockets;

namespace OtlpReceiver;

/// <summary>A port behind which something listens that speaks no HTTP: it answers every connection with random bytes and hangs up.</summary>
public sealed class RubbishListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Random _random = new(17);
    private readonly Task _answering;
    private int _connections;

    public RubbishListener()
    {
        _listener.Start();
        _answering = AnswerAll();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>A port on which nobody listens: it was free a moment ago.</summary>
    public static Uri NobodyAt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
        _listener.Dispose();
    }

    private async Task AnswerAll()
    {
        var bytes = new byte[4096];
        while (true)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                _random.NextBytes(bytes);
                await connection.GetStream().WriteAsync(bytes);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (IOException)
            {
                // The other side hung up first.
            }
        }
    }
}

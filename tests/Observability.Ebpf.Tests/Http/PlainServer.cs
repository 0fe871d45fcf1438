using System.Net;
using System.Net.Sockets;

namespace Observability.Ebpf.Tests.Http;

/// <summary>Answers whatever it is sent, and allocates nothing for it: what is measured is the client.</summary>
internal sealed class PlainServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PlainServer()
    {
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var connection = _listener.AcceptSocket();
                new Thread(() => Answer(connection)) { IsBackground = true }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped with the test.
        }
    }

    private static void Answer(Socket connection)
    {
        using var closing = connection;
        var (request, answer) = (new byte[4096], "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
        try
        {
            while (connection.Receive(request) > 0) connection.Send(answer);
        }
        catch (SocketException)
        {
            // The client hung up.
        }
    }
}

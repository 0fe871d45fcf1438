using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PipelineApp.Load;

/// <summary>
/// Sends as many requests as a line on its input says, "PORT PATH REQUESTS CONNECTIONS", over keep-alive connections, and answers with
/// the milliseconds that they took. Raw sockets, so that the client leaves the processors to the server.
/// </summary>
internal static class LoadClient
{
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();

    /// <summary>Kept from one order to the next: what is measured are requests, not connections.</summary>
    private static readonly Dictionary<int, Socket[]> Open = [];

    public static async Task Run(TextReader orders, TextWriter answers)
    {
        while (await orders.ReadLineAsync() is { } order)
        {
            var parts = order.Split(' ');
            var (port, requests, connections) = (int.Parse(parts[0]), int.Parse(parts[2]), int.Parse(parts[3]));
            var clock = Stopwatch.StartNew();
            var sockets = await Connect(port, connections);
            var request = Encoding.ASCII.GetBytes($"GET {parts[1]} HTTP/1.1\r\nHost: localhost:{port}\r\nUser-Agent: load\r\n\r\n");
            await Task.WhenAll(sockets.Select(socket => Task.Run(() => Requests(socket, request, requests / connections))));
            await answers.WriteLineAsync(clock.Elapsed.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture));
            await answers.FlushAsync();
        }
    }

    private static async Task<Socket[]> Connect(int port, int connections)
    {
        if (Open.TryGetValue(port, out var open)) return open;
        var sockets = new Socket[connections];
        for (var i = 0; i < connections; i++)
        {
            sockets[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[i].ConnectAsync(IPAddress.Loopback, port);
        }
        return Open[port] = sockets;
    }

    private static async Task Requests(Socket socket, byte[] request, int requests)
    {
        var buffer = new byte[4096];
        for (var i = 0; i < requests; i++)
        {
            await socket.SendAsync(request);
            await Response(socket, buffer);
        }
    }

    private static async Task Response(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server closed the connection.");
            filled += read;
            if (IsComplete(buffer.AsSpan(0, filled))) return;
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf(EndOfHeaders);
        if (end < 0) return false;
        if (!received.StartsWith("HTTP/1.1 200"u8)) throw new IOException(Encoding.ASCII.GetString(received));
        var body = received[(end + 4)..];
        // A chunked answer ends with an empty chunk, a short one has a Content-Length of one digit.
        var length = received.IndexOf("Content-Length: "u8);
        return length >= 0 ? body.Length == received[length + 16] - '0' : body.EndsWith("0\r\n\r\n"u8);
    }
}

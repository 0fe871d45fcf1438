using System.Net;
using System.Net.Sockets;

namespace Observability.AutoInstrumentation.Tests.Propagation;

/// <summary>Answers every request with nothing and keeps its header lines as they came.</summary>
internal sealed class HeaderRecorder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private HeaderRecorder() => _listener.Start();

    public static HeaderRecorder Start() => new();

    public string Address => $"http://{_listener.LocalEndpoint}/";

    /// <summary>The header lines of the next request, names in lower case.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> Next()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var headers = new List<(string, string)>();
        await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add((line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim()));
        }
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return headers;
    }

    public void Dispose() => _listener.Dispose();
}

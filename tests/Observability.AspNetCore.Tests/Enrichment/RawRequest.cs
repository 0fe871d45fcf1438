using System.Net.Sockets;
using System.Text;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>A request line that HttpClient would tidy up.</summary>
internal static class RawRequest
{
    public static async Task Send(Uri server, string method, string target)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}

using System.Buffers;
using System.Text;

namespace Observability.Prometheus.Listener;

/// <summary>
/// Reads the head of an HTTP/1.x request (RFC 9112), strictly: what two readers could understand differently is refused.
/// </summary>
internal static class HttpRequestParser
{
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Where the head ends, after its empty line; -1 when it is not complete.</summary>
    public static int HeadLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        return end < 0 ? -1 : end + 4;
    }

    /// <summary>Returns 0 and the head, or the status to refuse the request with.</summary>
    public static int Parse(ReadOnlySpan<byte> head, out HttpRequestHead request)
    {
        request = new HttpRequestHead();
        var rest = head[..^2];
        var status = RequestLine(NextLine(ref rest), request);
        var hosts = 0;
        while (status == 0 && !rest.IsEmpty) status = Header(NextLine(ref rest), request, ref hosts);
        return status != 0 ? status : hosts == 1 || !request.KeepsAlive && hosts == 0 ? 0 : 400;
    }

    private static ReadOnlySpan<byte> NextLine(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("\r\n"u8);
        var line = rest[..end];
        rest = rest[(end + 2)..];
        return line;
    }

    private static int RequestLine(ReadOnlySpan<byte> line, HttpRequestHead request)
    {
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first) return 400;
        var method = line[..first];
        var target = line[(first + 1)..last];
        var version = line[(last + 1)..];
        if (method.ContainsAnyExcept(TokenBytes)) return 400;
        if (!version.SequenceEqual("HTTP/1.1"u8) && !version.SequenceEqual("HTTP/1.0"u8)) return version.StartsWith("HTTP/"u8) ? 505 : 400;
        if (target.IsEmpty || target.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)) return 400;
        request.Method = Encoding.ASCII.GetString(method);
        request.KeepsAlive = version[^1] == (byte)'1';
        return Target(Encoding.ASCII.GetString(target), request);
    }

    private static int Target(string target, HttpRequestHead request)
    {
        if (target[0] != '/')
        {
            // The absolute form, as proxies are asked; its authority is not ours to check.
            if (!Uri.TryCreate(target, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return 400;
            target = uri.PathAndQuery;
        }
        var question = target.IndexOf('?', StringComparison.Ordinal);
        request.Path = Uri.UnescapeDataString(question < 0 ? target : target[..question]);
        if (question >= 0) Query(target[(question + 1)..], request.Names);
        return 0;
    }

    private static void Query(string query, List<string> names)
    {
        foreach (var pair in query.Split('&'))
        {
            var equal = pair.IndexOf('=', StringComparison.Ordinal);
            if (equal < 0 || Uri.UnescapeDataString(pair[..equal]) != "name[]") continue;
            names.Add(Uri.UnescapeDataString(pair[(equal + 1)..].Replace('+', ' ')));
        }
    }

    private static int Header(ReadOnlySpan<byte> line, HttpRequestHead request, ref int hosts)
    {
        var colon = line.IndexOf((byte)':');
        // White space before the colon and folded lines are how requests are smuggled.
        if (colon <= 0 || line[..colon].ContainsAnyExcept(TokenBytes)) return 400;
        var bytes = line[(colon + 1)..].Trim(" \t"u8);
        foreach (var character in bytes)
        {
            if (character is < 0x20 and not (byte)'\t' or 0x7F) return 400;
        }
        var value = Encoding.Latin1.GetString(bytes);
        switch (Encoding.ASCII.GetString(line[..colon]).ToLowerInvariant())
        {
            case "host": hosts++; break;
            case "accept": request.Accept = Join(request.Accept, value); break;
            case "accept-encoding": request.AcceptEncoding = Join(request.AcceptEncoding, value); break;
            case "x-prometheus-scrape-timeout-seconds": request.ScrapeTimeout = value; break;
            case "authorization": request.Authorization = value; break;
            case "connection": Connection(value, request); break;
            // A scrape has no body. Taking one would mean reading it.
            case "content-length" when value.Trim('0').Length > 0: return 413;
            case "transfer-encoding": return 501;
        }
        return 0;
    }

    private static void Connection(string value, HttpRequestHead request)
    {
        if (value.Contains("close", StringComparison.OrdinalIgnoreCase)) request.KeepsAlive = false;
        else if (value.Contains("keep-alive", StringComparison.OrdinalIgnoreCase)) request.KeepsAlive = true;
    }

    private static string Join(string? before, string value) => before is null ? value : before + "," + value;
}

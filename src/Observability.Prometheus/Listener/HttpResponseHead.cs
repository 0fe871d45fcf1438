using System.Globalization;
using System.Text;

namespace Observability.Prometheus.Listener;

/// <summary>The listener's response lines.</summary>
internal static class HttpResponseHead
{
    public static byte[] Of(PrometheusResponse response, bool keepsAlive)
    {
        var text = Start(response.StatusCode, response.ContentType, response.ContentLength, keepsAlive);
        if (response.ContentEncoding is { } encoding) text.Append("Content-Encoding: ").Append(encoding).Append("\r\n");
        if (response.Vary is { } vary) text.Append("Vary: ").Append(vary).Append("\r\n");
        if (response.Allow is { } allow) text.Append("Allow: ").Append(allow).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>A whole response that says no more than its status.</summary>
    public static byte[] Refusal(int status, bool keepsAlive, bool isHead)
    {
        var reason = Reason(status) + "\n";
        var text = Start(status, "text/plain; charset=utf-8", reason.Length, keepsAlive);
        if (status == 401) text.Append("WWW-Authenticate: Basic realm=\"metrics\", charset=\"UTF-8\"\r\n");
        text.Append("\r\n");
        if (!isHead) text.Append(reason);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static StringBuilder Start(int status, string contentType, int length, bool keepsAlive) => new StringBuilder(256)
        .Append("HTTP/1.1 ").Append(status).Append(' ').Append(Reason(status)).Append("\r\nContent-Type: ").Append(contentType)
        .Append("\r\nContent-Length: ").Append(length.ToString(CultureInfo.InvariantCulture))
        .Append(keepsAlive ? "\r\n" : "\r\nConnection: close\r\n");

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Error",
    };
}

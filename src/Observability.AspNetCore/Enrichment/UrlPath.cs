using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Observability.AspNetCore.Enrichment;

/// <summary>
/// The path of the URL as the client sent it, percent-encoded; the application's is decoded.
/// <see href="https://www.rfc-editor.org/rfc/rfc9112#name-request-target"/>
/// </summary>
internal static class UrlPath
{
    public static string Of(HttpRequest request)
    {
        var sent = Sent(request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget);
        // Most paths have nothing to decode: then the server has the very string already.
        if (!sent.IsEmpty) return sent.SequenceEqual(request.Path.Value) ? request.Path.Value! : sent.ToString();
        // A server that does not keep the target, or a target without a path.
        return request.PathBase.Add(request.Path) is { HasValue: true } path ? path.ToUriComponent() : "/";
    }

    /// <summary>The path within a request target; empty for a target without one, such as <c>*</c> or a CONNECT's authority.</summary>
    private static ReadOnlySpan<char> Sent(string? target)
    {
        var path = target.AsSpan();
        if (!path.StartsWith('/'))
        {
            // Absolute form, as a client sends it to a proxy.
            var authority = path.IndexOf(Uri.SchemeDelimiter, StringComparison.Ordinal);
            if (authority < 0) return default;
            path = path[(authority + Uri.SchemeDelimiter.Length)..];
            var start = path.IndexOfAny('/', '?');
            if (start < 0) return default;
            path = path[start..];
        }
        var query = path.IndexOf('?');
        return query < 0 ? path : path[..query];
    }
}

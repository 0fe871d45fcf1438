namespace Observability.AspNetCore.Enrichment;

/// <summary>Methods and versions as the semantic conventions write them.</summary>
internal static class HttpMethods
{
    /// <summary>Stands for a method that the conventions do not know; a client chooses it freely, so it must not become a name.</summary>
    public const string Other = "_OTHER";

    /// <summary>The method when the conventions know it, else null.</summary>
    public static string? Known(string method) => method switch
    {
        "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT" or "QUERY" => method,
        _ => Array.Find(All, known => string.Equals(known, method, StringComparison.OrdinalIgnoreCase)),
    };

    public static string? Version(string protocol) => protocol switch
    {
        "HTTP/1.1" => "1.1",
        "HTTP/2" => "2",
        "HTTP/3" => "3",
        "HTTP/1.0" => "1.0",
        _ => null,
    };

    private static readonly string[] All = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY"];
}

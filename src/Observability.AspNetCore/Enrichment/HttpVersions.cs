namespace Observability.AspNetCore.Enrichment;

/// <summary>Versions of the protocol as the semantic conventions write them.</summary>
internal static class HttpVersions
{
    public static string? Of(string protocol) => protocol switch
    {
        "HTTP/1.1" => "1.1",
        "HTTP/2" => "2",
        "HTTP/3" => "3",
        "HTTP/1.0" => "1.0",
        _ => null,
    };
}

namespace Observability.AspNetCore.Enrichment;

/// <summary>The methods that may become names: those that the conventions know, or those that a variable names in their place.</summary>
/// <param name="named">The variable's value, a comma-separated list; null or blank: unset.</param>
internal sealed class KnownMethods(string? named)
{
    public const string Variable = "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS";

    /// <summary>Stands for a method that is not known; a client chooses it freely, so it must not become a name.</summary>
    public const string Other = "_OTHER";

    public static readonly KnownMethods OfTheConventions = new(null);

    private readonly string[] _methods = (named ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } list
        ? list
        : ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY"];

    /// <summary>The method as the list writes it, else null. Another case is the same method: ASP.NET Core routes it alike.</summary>
    public string? Known(string method)
    {
        foreach (var known in _methods)
            if (string.Equals(known, method, StringComparison.Ordinal)) return known;
        foreach (var known in _methods)
            if (string.Equals(known, method, StringComparison.OrdinalIgnoreCase)) return known;
        return null;
    }
}

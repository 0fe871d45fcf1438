namespace Observability.Configuration;

/// <summary>
/// The headers of an OTLP request as settings write them, <c>name=value,name=value</c> with values percent-encoded. The SDK's own reading decodes before it splits, so
/// that it takes an encoded comma for the end of a value, and throws.
/// </summary>
internal static class OtlpHeaders
{
    public const string Form = "write name=value,name=value, values percent-encoded";

    public static string[] Entries(string? text) => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with an entry, without a word of it: it may be a secret, and its name a part of one. Null when it is fine.</summary>
    public static string? Fault(string entry)
    {
        if (!entry.Contains('=', StringComparison.Ordinal)) return "has no '='";
        var (name, value) = Read(entry);
        if (name.Length == 0) return "has no name";
        using var request = new HttpRequestMessage();
        if (!request.Headers.TryAddWithoutValidation(name, "")) return "has a name that no header of an HTTP request may have";
        return value.All(static character => character is '\t' or (>= ' ' and <= '~')) ? null : "has a value with characters that no header may have";
    }

    public static (string Name, string Value) Read(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(entry[..equals].Trim()), Uri.UnescapeDataString(entry[(equals + 1)..].Trim()));
    }
}

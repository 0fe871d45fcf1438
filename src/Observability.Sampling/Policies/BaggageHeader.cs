namespace Observability.Sampling;

/// <summary>Finds one entry of a W3C baggage header. https://www.w3.org/TR/baggage/</summary>
internal static class BaggageHeader
{
    /// <summary>The specification's limit; a longer header is not searched further.</summary>
    private const int MaxLength = 8192;

    public static string? Find(string? header, string key)
    {
        if (string.IsNullOrEmpty(header)) return null;
        var rest = header.AsSpan(0, Math.Min(header.Length, MaxLength));
        while (TraceStateMembers.TryTake(ref rest, ',', out var member))
        {
            // Properties follow a semicolon; a force token needs no percent decoding.
            if (!TraceStateMembers.TryTake(ref member, ';', out var entry)) continue;
            var equals = entry.IndexOf('=');
            if (equals > 0 && entry[..equals].Trim().SequenceEqual(key)) return entry[(equals + 1)..].Trim().ToString();
        }
        return null;
    }
}

namespace Observability.Propagation;

/// <summary>Reads one header out of a carrier, bounded and without trust in the carrier.</summary>
internal static class HeaderReader
{
    /// <summary>
    /// The first value of the header, without surrounding blanks; null when it is absent, empty or longer than <paramref name="limit"/>
    /// characters. A longer one is not cut: half an id is another id.
    /// </summary>
    public static string? First<T>(T carrier, Func<T, string, IEnumerable<string>?> getter, string name, int limit)
    {
        if (getter(carrier, name) is not { } values) return null;
        foreach (var value in values)
        {
            if (string.IsNullOrEmpty(value) || value.Length > limit) return null;
            var trimmed = value.Trim();
            return trimmed.Length == 0 ? null : trimmed;
        }
        return null;
    }
}

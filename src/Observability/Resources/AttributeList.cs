using System.Globalization;
using System.Text;

namespace Observability.Resources;

/// <summary>
/// Reads <c>name=value,name=value</c> with percent-encoded parts. The specification suggests to discard the whole list for one malformed
/// entry; here the others stay, because a pod without its identity helps nobody.
/// </summary>
internal static class AttributeList
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<KeyValuePair<string, string>> Parse(string? list, Action<string, string> fault)
    {
        // Of a name that comes twice the last value counts, as in every other SDK.
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) fault(entry, "has no '='");
            else if (Decode(entry[..equals].Trim()) is not { } name || Decode(entry[(equals + 1)..].Trim()) is not { } value) fault(entry, "is not percent-encoded UTF-8");
            else if (name.Length == 0) fault(entry, "has no name");
            else found[name] = value;
        }
        return found;
    }

    /// <summary>Null when the text is no valid encoding; a plus sign is a plus sign.</summary>
    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                bytes[length++] = bytes[i];
                continue;
            }
            if (i + 2 >= bytes.Length || !byte.TryParse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length])) return null;
            length++;
            i += 2;
        }
        try
        {
            return Strict.GetString(bytes.AsSpan(0, length));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

using System.Buffers;
using OpenTelemetry;

namespace Observability.Propagation;

/// <summary>
/// Jaeger's baggage: one header <c>uberctx-{key}</c> an item, or all in <c>jaeger-baggage: k1=v1, k2=v2</c>. At most 180 items
/// and 8192 characters of keys and values are read or written (the bounds of W3C baggage); what is beyond them is left out.
/// </summary>
internal static class JaegerBaggage
{
    public const string Prefix = "uberctx-";
    public const string ListHeader = "jaeger-baggage";

    private const int MostItems = 180;
    private const int MostCharacters = 8192;

    /// <summary>Characters of an HTTP header's name (RFC 9110, 5.6.2).</summary>
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static Baggage Extract<T>(T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        var items = new Items();
        foreach (var entry in HeaderReader.First(carrier, getter, ListHeader, MostCharacters) is { } list ? list.Split(',', MostItems) : [])
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) items.Add(entry[..equals].Trim(), entry[(equals + 1)..].Trim());
        }
        foreach (var (name, value) in CarrierHeaders.Of(carrier))
            if (name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) items.Add(name[Prefix.Length..], value);
        return items.ToBaggage();
    }

    public static void Inject<T>(Baggage baggage, T carrier, Action<T, string, string> setter)
    {
        int count = 0, characters = 0;
        foreach (var (key, value) in baggage)
        {
            if (string.IsNullOrEmpty(key) || value is null || key.AsSpan().ContainsAnyExcept(Token)) continue;
            if (key.Length + value.Length > MostCharacters - characters) continue;
            var encoded = Uri.EscapeDataString(value);
            characters += key.Length + encoded.Length;
            if (++count > MostItems || characters > MostCharacters) return;
            setter(carrier, Prefix + key, encoded);
        }
    }

    private sealed class Items
    {
        private Dictionary<string, string>? _items;
        private int _characters;

        public void Add(string key, string value)
        {
            _characters += key.Length + value.Length;
            if (key.Length == 0 || _characters > MostCharacters || _items?.Count >= MostItems) return;
            (_items ??= [])[key] = Uri.UnescapeDataString(value);
        }

        public Baggage ToBaggage() => _items is null ? default : Baggage.Create(_items);
    }
}

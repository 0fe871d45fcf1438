using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Observability.Logging;

/// <summary>
/// Encoded keys by the string that names them. Found by the string's identity first, for names are literals nearly always;
/// bounded, so that an application that makes up names cannot make it grow.
/// </summary>
internal sealed class KeyCache(LineFormat format, RedactedNames redacted)
{
    private const int Slots = 1_024;
    private const int Most = 4_096;

    /// <summary>Longest name that is written whole, in encoded bytes.</summary>
    private const int MostNameBytes = 256;

    private readonly Slot?[] _slots = new Slot?[Slots];
    private readonly ConcurrentDictionary<string, Key> _keys = new(StringComparer.Ordinal);
    // Boxed: .NET has no machine code for a dictionary of our values, so that it would be compiled at every start.
    private readonly ConcurrentDictionary<string, StrongBox<Piece>> _openings = new(StringComparer.Ordinal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Key Get(string name)
    {
        ref var slot = ref _slots[RuntimeHelpers.GetHashCode(name) & (Slots - 1)];
        var found = slot;
        if (found is not null && ReferenceEquals(found.Name, name)) return found.Key;
        var key = Find(name);
        slot = new Slot(name, key);
        return key;
    }

    /// <summary>The key of an attribute that is hidden whatever its name, as a parameter's attribute asks.</summary>
    public Key Hidden(string name)
    {
        var key = Find(name);
        return key.IsRedacted ? key : new Key(key.Opening, _openings.Count < Most, key.IsDestructured, redacted: true, query: false);
    }

    private Key Find(string name)
    {
        if (_keys.TryGetValue(name, out var key)) return key;
        key = Create(name);
        if (_keys.Count < Most) key = _keys.GetOrAdd(name, key);
        return key;
    }

    private Key Create(string name)
    {
        var destructured = name.StartsWith('@');
        var plain = destructured || name.StartsWith('$') ? name[1..] : name;
        byte[] text = [.. ",\""u8, .. JsonText.Encode(format.AttributeName(plain), MostNameBytes), .. "\":"u8];
        var opening = new Piece(text);
        var unique = _openings.Count < Most;
        // Names that encode alike (invalid UTF-16, a cut, a reserved name) are one key.
        if (unique) opening = _openings.GetOrAdd(Encoding.UTF8.GetString(text), new StrongBox<Piece>(opening)).Value;
        return new Key(opening, unique, destructured, redacted.Hides(plain), redacted.HidesQuery(plain));
    }

    private sealed record Slot(string Name, Key Key);
}

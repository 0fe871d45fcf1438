using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>Parsed templates by their source string: by identity first, then by text; bounded.</summary>
internal sealed class TemplateCache(KeyCache keys, RedactedParameters redacted)
{
    private const int Slots = 4_096;
    private const int Most = 4_096;
    private readonly Entry?[] _slots = new Entry?[Slots];
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The parsed template, or null when its own formatter has to render it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Template? Get(string source)
    {
        ref var slot = ref _slots[RuntimeHelpers.GetHashCode(source) & (Slots - 1)];
        var found = slot;
        if (found is not null && ReferenceEquals(found.Source, source)) return found.Template;
        return (slot = Find(source)).Template;
    }

    private Entry Find(string source)
    {
        if (_entries.TryGetValue(source, out var entry))
            return ReferenceEquals(entry.Source, source) ? entry : new Entry(source, entry.Template);
        entry = new Entry(source, TemplateParser.Parse(source, keys, redacted));
        if (_entries.Count < Most) _entries.TryAdd(source, entry);
        return entry;
    }

    private sealed record Entry(string Source, Template? Template);
}

using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Observability.Logging;

/// <summary>Dictionaries that have the generic interfaces only.</summary>
internal static class DictionaryShape
{
    private const int Most = 1_024;
    private static readonly ConcurrentDictionary<Type, bool> s_types = new();

    public static bool Is(object value)
    {
        var type = value.GetType();
        if (s_types.TryGetValue(type, out var known)) return known;
        known = HasInterface(type);
        if (s_types.Count < Most) s_types.TryAdd(type, known);
        return known;
    }

    /// <summary>The entries; each is a <see cref="KeyValuePair{TKey, TValue}"/> of types that are known only now.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Entries(IEnumerable dictionary)
    {
        foreach (var entry in dictionary)
        {
            object? key = null, content = null;
            foreach (var member in ObjectShape.Of(entry.GetType()).Members)
            {
                if (member.Name == "Key") key = member.Read(entry);
                else content = member.Read(entry);
            }
            yield return new(key is null ? "" : TextValue.Plain(key, null), content);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A type whose interface the trimmer removed is written as the sequence that it still is.")]
    private static bool HasInterface(Type type) => type.GetInterfaces().Any(static face =>
        face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(IDictionary<,>) || face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));
}

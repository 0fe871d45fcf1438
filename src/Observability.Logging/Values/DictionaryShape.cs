using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Observability.Logging;

/// <summary>Values that consist of names and contents: dictionaries of every kind, sequences of pairs that strings name, one such pair.</summary>
internal static class DictionaryShape
{
    private const int Most = 1_024;
    private static readonly ConcurrentDictionary<Type, Kind> s_types = new();

    private enum Kind : byte
    {
        Other,

        /// <summary>A sequence of values that have no names inside.</summary>
        Scalars,

        /// <summary>A dictionary whose keys are no strings.</summary>
        Dictionary,

        /// <summary>A sequence of pairs that strings name.</summary>
        Named,

        /// <summary>One pair that a string names.</summary>
        Pair,
    }

    /// <summary>Whether strings name all that the value consists of.</summary>
    public static bool IsNamed(object value) => value is IEnumerable or ValueType && Of(value) is Kind.Named or Kind.Pair;

    /// <summary>Whether it is one pair that a string names.</summary>
    public static bool IsPair(object value) => value is ValueType and not IFormattable && Of(value) == Kind.Pair;

    /// <summary>Whether the sequence's values have no names inside, as numbers and texts have none.</summary>
    public static bool IsOfScalars(IEnumerable sequence) => Of(sequence) == Kind.Scalars;

    /// <summary>The names and contents, read as they are asked for; null when the value consists of none.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Entries(object value) => value switch
    {
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs,
        IDictionary dictionary => OfDictionary(dictionary),
        JsonElement { ValueKind: JsonValueKind.Object } element => JsonTree.Members(element),
        IEnumerable pairs when Of(value) is Kind.Named or Kind.Dictionary => pairs.Cast<object>().Select(Entry),
        _ => IsPair(value) ? [Entry(value)] : null,
    };

    private static IEnumerable<KeyValuePair<string, object?>> OfDictionary(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) yield return new(TextValue.Plain(entry.Key, null), entry.Value);
    }

    /// <summary>The content of a <see cref="KeyValuePair{TKey, TValue}"/> of types that are known only now.</summary>
    private static KeyValuePair<string, object?> Entry(object pair)
    {
        object? key = null, content = null;
        foreach (var member in ObjectShape.Of(pair.GetType()).Members)
        {
            if (member.Name == "Key") key = member.Read(pair);
            else content = member.Read(pair);
        }
        return new(key is null ? "" : TextValue.Plain(key, null), content);
    }

    private static Kind Of(object value)
    {
        var type = value.GetType();
        if (s_types.TryGetValue(type, out var known)) return known;
        known = Find(type);
        if (s_types.Count < Most) s_types.TryAdd(type, known);
        return known;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A type whose interface the trimmer removed is written as the sequence that it still is.")]
    private static Kind Find(Type type)
    {
        if (IsNamedPair(type)) return Kind.Pair;
        var faces = type.GetInterfaces().Where(static face => face.IsGenericType).ToArray();
        var items = faces.Where(static face => face.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Select(static face => face.GenericTypeArguments[0]).ToArray();
        if (items.Any(IsNamedPair)) return Kind.Named;
        if (faces.Any(static face => face.GetGenericTypeDefinition() == typeof(IDictionary<,>) || face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))) return Kind.Dictionary;
        return items.Length > 0 && items.All(JsonValue.IsScalar) ? Kind.Scalars : Kind.Other;
    }

    private static bool IsNamedPair(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && type.GenericTypeArguments[0] == typeof(string);
}

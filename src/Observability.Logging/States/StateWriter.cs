using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>A log call's state: its message and its attributes.</summary>
internal static class StateWriter
{
    private const string OriginalFormat = "{OriginalFormat}";

    /// <summary>Most items that are read of a sequence of attributes; a line holds far fewer.</summary>
    private const int MostPairs = 1_024;

    /// <summary>The text of a state of Microsoft's own that has no values, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static string? Constant<TState>(in TState state, StateKind<TState> kind) =>
        kind.MayBeConstant && state is IReadOnlyList<KeyValuePair<string, object?>> && Count(state) == 1 && Item(state, 0) is { Key: OriginalFormat, Value: string text } ? text : null;

    /// <summary>Writes the message and remembers in <paramref name="template"/> how its attributes are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Message<TState>(Line line, in TState state, Exception? exception, Func<TState, Exception?, string> formatter, StateKind<TState> kind, out Template? template, out object?[]? values)
    {
        template = null;
        values = null;
        // The text of Microsoft's own states is their template, rendered: there is no need to make a string of it.
        if (kind.IsKnown && state is IReadOnlyList<KeyValuePair<string, object?>> && Count(state) is var count and > 0
            && Item(state, count - 1) is { Key: OriginalFormat, Value: string source })
        {
            template = line.Plan.Templates.Get(source);
            if (template is not null && TryHoles(line, state, kind, template, count - 1, ref values))
            {
                HoleWriter.LastLiteral(line, template);
                return;
            }
        }
        ForeignMessage(line, state, exception, formatter, kind.IsOwn, out template);
    }

    /// <summary>The state's template, also of one whose other items throw; else null.</summary>
    public static string? Source<TState>(in TState state)
    {
        try
        {
            return state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } pairs && pairs[^1] is { Key: OriginalFormat, Value: string source } ? source : null;
        }
        catch (Exception)
        {
            // What it threw before is what the line tells.
            return null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryHoles<TState>(Line line, in TState state, StateKind<TState> kind, Template template, int count, ref object?[]? values)
    {
        if (kind.Readers(state, template) is { } readers) readers.Message(state, line, template);
        else if (kind.IsOwn && template.Holes.Length == count) Boxed(line, state, template, values = new object?[count]);
        else return false;
        return true;
    }

    /// <summary>The message that the state's own formatter gives, unless it would show what is hidden.</summary>
    private static void ForeignMessage<TState>(Line line, in TState state, Exception? exception, Func<TState, Exception?, string> formatter, bool isOwn, out Template? template)
    {
        template = null;
        var list = state as IReadOnlyList<KeyValuePair<string, object?>>;
        var pairs = list ?? (state as IEnumerable<KeyValuePair<string, object?>>)?.Take(MostPairs).ToArray();
        var source = list is { Count: > 0 } && list[^1] is { Key: OriginalFormat, Value: string text } ? text : null;
        var known = source is null ? null : line.Plan.Templates.Get(source);
        template = isOwn ? null : known;
        if (template is not null && (template.HidesAny || HasHiddenContent(line, pairs!, template))) ByName(line, pairs!, template);
        else if (template is null && pairs is not null && (pairs.Any(pair => IsHidden(line, pair)) || HasHiddenContent(line, pairs, null)))
            TextValue.Put(line, source ?? Hidden(line, pairs, formatter(state, exception)));
        else if (known is { HasQuery: true }) TextValue.Put(line, QueryValues.HideIn(formatter(state, exception) ?? "", line.Plan.Replacement));
        else TextValue.Put(line, formatter(state, exception) ?? "");
    }

    private static void ByName(Line line, IReadOnlyList<KeyValuePair<string, object?>> pairs, Template template)
    {
        for (var i = 0; i < template.Holes.Length; i++)
        {
            var hole = template.Holes[i];
            HoleWriter.Text(line, template, i, pairs.FirstOrDefault(pair => hole.Takes(pair.Key)).Value);
        }
        HoleWriter.LastLiteral(line, template);
    }

    private static bool IsHidden(Line line, KeyValuePair<string, object?> pair) => pair.Key is not (null or OriginalFormat) && !line.Plan.Keys.Get(pair.Key).IsShown;

    private static bool HasHiddenContent(Line line, IReadOnlyList<KeyValuePair<string, object?>> pairs, Template? template)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i];
            if (pair.Key is not (null or OriginalFormat) && HiddenContent.IsIn(line, pair.Value, KeyOf(line, pair.Key, template).IsDestructured)) return true;
        }
        return false;
    }

    private static Key KeyOf(Line line, string name, Template? template) => template?.KeyOf(name, line.Plan.Keys) ?? line.Plan.Keys.Get(name);

    /// <summary>A message without a template: the hidden values are cut out of it as text.</summary>
    private static string Hidden(Line line, IReadOnlyList<KeyValuePair<string, object?>> pairs, string message)
    {
        foreach (var pair in pairs)
        {
            if (pair.Key is null or OriginalFormat) continue;
            var key = line.Plan.Keys.Get(pair.Key);
            if (key.IsQuery) message = QueryValues.HideIn(message, line.Plan.Replacement);
            if (key.IsQuery || pair.Value is null) continue;
            var replacement = key.IsRedacted ? line.Plan.Replacement : HiddenContent.Text(line, pair.Value, key.IsDestructured);
            if (replacement is not null && TextValue.Plain(pair.Value, null) is { Length: > 0 } text) message = message.Replace(text, replacement, StringComparison.Ordinal);
        }
        return message;
    }

    public static void Attributes<TState>(Line line, in TState state, StateKind<TState> kind, Template? template, object?[]? values)
    {
        if (values is not null)
        {
            for (var i = 0; i < values.Length; i++) HoleWriter.Attribute(line, template!, i, values[i]);
        }
        else if (template is not null && kind.Readers(state, template) is { } readers)
        {
            line.Hold(template);
            readers.Attributes(state, line, template);
        }
        else if (state is IReadOnlyList<KeyValuePair<string, object?>>)
        {
            var count = Count(state);
            for (var i = 0; i < count; i++) Pair(line, Item(state, i), template);
        }
        else if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            Pairs(line, pairs);
        }
    }

    /// <summary>Attributes from a sequence, which may have no end while it repeats their names.</summary>
    public static void Pairs(Line line, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        var read = 0;
        foreach (var pair in pairs)
        {
            if (read++ == MostPairs)
            {
                line.Truncated = true;
                break;
            }
            Pair(line, pair);
        }
    }

    /// <summary>One attribute that comes with its name.</summary>
    public static void Pair(Line line, KeyValuePair<string, object?> pair, Template? template = null)
    {
        if (pair.Key is null or OriginalFormat) return;
        var key = KeyOf(line, pair.Key, template);
        if (!line.TryKey(key)) return;
        if (!key.IsShown) HiddenValue.Attribute(line, key, pair.Value);
        else JsonValue.Object(line, pair.Value, key.IsDestructured);
    }

    private static void Boxed<TState>(Line line, in TState state, Template template, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            // Each look at the indexer boxes anew: once is enough.
            values[i] = HoleWriter.Snapshot(Item(state, i).Value, line.Plan.MaxItems * 64);
            HoleWriter.Text(line, template, i, values[i]);
        }
    }

    // The cast stands at each access, for the compiler then calls the structure's own member and boxes nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count<TState>(in TState state) => ((IReadOnlyList<KeyValuePair<string, object?>>)state!).Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KeyValuePair<string, object?> Item<TState>(in TState state, int index) => ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[index];
}

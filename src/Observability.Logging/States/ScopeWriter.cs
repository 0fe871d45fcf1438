using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The scopes around a log call as attributes: the innermost first, so that it wins.</summary>
internal static class ScopeWriter
{
    private const string OriginalFormat = "{OriginalFormat}";
    private static readonly Action<object?, Line> s_collect = static (scope, line) => line.Scopes.Push(scope);

    /// <summary>Collects the scopes, which <see cref="Write"/> takes.</summary>
    /// <param name="line">The line.</param>
    /// <param name="forEach">The scope provider's <see cref="IExternalScopeProvider.ForEachScope"/> as a delegate: to look a generic interface method up at each call takes longer than all else here.</param>
    public static void Collect(Line line, Action<Action<object?, Line>, Line> forEach) => forEach(s_collect, line);

    public static void Write(Line line)
    {
        if (line.Scopes.HasLost) line.Truncated = true;
        var texts = 0;
        for (var i = line.Scopes.Count - 1; i >= 0; i--)
            if (!Items(line, line.Scopes[i])) texts++;
        if (texts > 0 && line.TryKey(line.Plan.ScopeKey)) Texts(line);
        line.Scopes.Clear();
    }

    /// <summary>Writes a scope's items; false when it has a text only.</summary>
    private static bool Items(Line line, object? scope)
    {
        try
        {
            switch (scope)
            {
                case null:
                case not null when IsActivityScope(scope): return true;
                case Dictionary<string, object?> dictionary:
                    foreach (var pair in dictionary) StateWriter.Pair(line, pair);
                    return true;
                case IReadOnlyList<KeyValuePair<string, object?>> list:
                    for (var i = 0; i < list.Count; i++) StateWriter.Pair(line, list[i]);
                    return list.Count > 1 || list.Count == 0 || list[0].Key != OriginalFormat;
                case IEnumerable<KeyValuePair<string, object?>> pairs:
                    StateWriter.Pairs(line, pairs);
                    return true;
                case KeyValuePair<string, object?> pair:
                    StateWriter.Pair(line, pair);
                    return true;
                default:
                    if (Named(scope) is not { } named) return false;
                    StateWriter.Pairs(line, named);
                    return true;
            }
        }
        catch (Exception fault)
        {
            line.Plan.Health.Contained(scope!.GetType(), fault);
            return true;
        }
    }

    /// <summary>The texts of scopes without items, outermost first.</summary>
    private static void Texts(Line line)
    {
        line.Byte((byte)'"');
        var first = true;
        for (var i = 0; i < line.Scopes.Count; i++)
        {
            if (Text(line.Scopes[i]) is not { } text) continue;
            if (line.Left <= 0)
            {
                line.Truncated = true;
                break;
            }
            if (!first) line.Raw(" => "u8);
            first = false;
            TextValue.Object(line, text, null);
        }
        line.Byte((byte)'"');
    }

    /// <summary>What a scope without items is written as: its template when it is one, else itself.</summary>
    private static object? Text(object? scope) => scope switch
    {
        IReadOnlyList<KeyValuePair<string, object?>> { Count: 1 } list when list[0].Key == OriginalFormat => list[0].Value,
        null or IEnumerable<KeyValuePair<string, object?>> or KeyValuePair<string, object?> => null,
        _ => Named(scope) is null ? scope : null,
    };

    /// <summary>The items of a scope of another type: pairs that strings name, or a tuple of a name and a value.</summary>
    private static IEnumerable<KeyValuePair<string, object?>>? Named(object scope) =>
        scope is ITuple { Length: 2 } tuple && tuple[0] is string name ? [new(name, tuple[1])]
        : scope is not string && DictionaryShape.IsNamed(scope) ? DictionaryShape.Entries(scope) : null;

    /// <summary>The scope that the logger factory makes of the current span: its ids are in the line already.</summary>
    private static bool IsActivityScope(object scope) =>
        scope.GetType().Assembly == typeof(LoggerFactory).Assembly && scope is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } list
        && list[0].Key is "SpanId" or "TraceId" or "ParentId";
}

using System.Globalization;

namespace Observability.Enrichment;

/// <summary>What exporters write as text although it is no string: an address, an enumeration's member, the elements of an array.</summary>
internal static class WrittenText
{
    /// <summary>The value with its texts changed; the very same value when none of them is. Numbers and maps are no text.</summary>
    public static object? Change(object? value, Func<string, string> change) => value switch
    {
        null or decimal or IEnumerable<KeyValuePair<string, object?>> => value,
        string text => change(text),
        object?[] items => ChangeItems(items, change),
        Array => value,
        _ => value.GetType().IsPrimitive || TextOf(value) is not { } text || change(text) is not { } changed || ReferenceEquals(changed, text) ? value : changed,
    };

    private static object?[] ChangeItems(object?[] items, Func<string, string> change)
    {
        object?[]? changed = null;
        for (var i = 0; i < items.Length; i++)
        {
            var item = Change(items[i], change);
            if (ReferenceEquals(item, items[i])) continue;
            changed ??= items is string?[] ? (string?[])items.Clone() : Array.ConvertAll(items, static same => same);
            changed[i] = item;
        }
        return changed ?? items;
    }

    /// <summary>Null where there is none to be had: the exporters leave such an attribute out.</summary>
    private static string? TextOf(object value)
    {
        try
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }
        catch (Exception)
        {
            return null;
        }
    }
}

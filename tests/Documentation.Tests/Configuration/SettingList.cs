using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Documentation.Tests.Configuration;

/// <summary>Walks options classes and lists every setting with its default, as a table prints them.</summary>
internal static class SettingList
{
    public static IReadOnlyDictionary<string, string> Of(string section, object options)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Walk(section, options, settings);
        return settings;
    }

    private static void Walk(string path, object options, SortedDictionary<string, string> settings)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            if (ItemOf(property.PropertyType) is { } item)
            {
                settings[place] = "–";
                Walk(place + ":N", Activator.CreateInstance(item)!, settings);
            }
            else if (IsSection(property.PropertyType)) Walk(place, value!, settings);
            else settings[place] = Text(value);
        }
    }

    private static bool IsSection(Type type) =>
        type is { IsClass: true, IsArray: false } && type.Namespace!.StartsWith(nameof(Observability), StringComparison.Ordinal);

    /// <summary>What a list of sections holds; null for anything else.</summary>
    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable).IsAssignableFrom(type) && IsSection(item) ? item : null;

    private static string Text(object? value) => value switch
    {
        null or "" => "–",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time.ToString("c", CultureInfo.InvariantCulture)}`",
        string text => $"`{text}`",
        IEnumerable list => list.Cast<object>().Any() ? string.Join(", ", list.Cast<object>().Select(Text)) : "–",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };
}

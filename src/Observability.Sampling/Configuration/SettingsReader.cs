using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Observability.Sampling;

/// <summary>
/// Reads one configuration section key by key and notes every value that cannot be read and every key that nothing
/// reads. A reload must not throw, and a mistyped key of a dropping rule must not widen it: the general binder does both.
/// </summary>
internal sealed class SettingsReader(IConfigurationSection section, List<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public void Text(string key, Action<string> set)
    {
        if (Value(key) is { Length: > 0 } value) set(value);
    }

    public void Number(string key, Action<double> set) => Parsed(key, "a number", set,
        static value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null);

    public void Whole(string key, Action<int> set) => Parsed(key, "a whole number", set,
        static value => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    public void Flag(string key, Action<bool> set) => Parsed(key, "true or false", set,
        static value => bool.TryParse(value, out var flag) ? flag : null);

    public void OneOf<TEnum>(string key, Action<TEnum> set) where TEnum : struct, Enum =>
        Parsed<TEnum>(key, "one of " + string.Join(", ", Enum.GetNames<TEnum>()), set,
            static value => !char.IsAsciiDigit(value[0]) && Enum.TryParse<TEnum>(value, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null);

    /// <summary>A list, or one value that stands for a list of one.</summary>
    public void List(string key, Action<string[]> set)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        if (child.Value is { Length: > 0 } single) set([single]);
        else if (child.GetChildren().Select(item => item.Value ?? "").ToArray() is { Length: > 0 } values) set(values);
    }

    public void Map(string key, Action<string, string> set)
    {
        _known.Add(key);
        var map = section.GetSection(key);
        ReportSingle(map);
        foreach (var child in map.GetChildren()) set(child.Key, child.Value ?? "");
    }

    public void Group(string key, Action<SettingsReader> read)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        if (!child.Exists()) return;
        Below(child, read);
    }

    public void Groups(string key, Action<SettingsReader> read)
    {
        _known.Add(key);
        var list = section.GetSection(key);
        ReportSingle(list);
        foreach (var child in list.GetChildren()) Below(child, read);
    }

    public void ReportUnknown()
    {
        foreach (var child in section.GetChildren())
        {
            if (!_known.Contains(child.Key)) faults.Add($"{child.Path} is not a setting. Known here: {string.Join(", ", _known)}.");
        }
    }

    private void Below(IConfigurationSection child, Action<SettingsReader> read)
    {
        ReportSingle(child);
        var reader = new SettingsReader(child, faults);
        read(reader);
        reader.ReportUnknown();
    }

    /// <summary>The value is not shown: who can tell what somebody wrote here.</summary>
    private void ReportSingle(IConfigurationSection place)
    {
        if (place.Value is { Length: > 0 }) faults.Add($"{place.Path} is a single value. Make it an object.");
    }

    private void Parsed<T>(string key, string expected, Action<T> set, Func<string, T?> parse) where T : struct
    {
        if (Value(key) is not { Length: > 0 } value) return;
        if (parse(value) is { } parsed) set(parsed);
        else faults.Add($"{section.GetSection(key).Path} is '{value}'. Give {expected}.");
    }

    private string? Value(string key)
    {
        _known.Add(key);
        return section[key];
    }
}

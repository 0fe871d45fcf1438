using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Observability.Configuration;

/// <summary>
/// Lists what is wrong in a configuration section before it is bound: unknown names, values of the wrong type, and values in place of sections. What it
/// finds to be a list in one value it makes a list of.
/// </summary>
internal sealed class SectionReader(IConfiguration configuration)
{
    private readonly HashSet<string> _unusable = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every fault, as what, where, remedy.</summary>
    public IReadOnlyList<string> Faults(IConfigurationSection section, SettingNode node)
    {
        var faults = new List<string>();
        Check(section, node, faults);
        return faults;
    }

    /// <summary>The section without the values that cannot be bound, so that what else is wrong is found in the same start.</summary>
    public IConfiguration Usable(IConfigurationSection section)
    {
        if (_unusable.Count == 0) return section;
        var prefix = section.Path + ConfigurationPath.KeyDelimiter;
        var usable = section.AsEnumerable(makePathsRelative: true).Where(entry => !_unusable.Contains(prefix + entry.Key));
        return new ConfigurationBuilder().AddInMemoryCollection(usable.Concat(_entries.Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], entry.Value)))).Build();
    }

    /// <summary>The name of the provider that a setting comes from, for messages.</summary>
    public string Source(string path)
    {
        if (configuration is IConfigurationRoot root)
            foreach (var provider in root.Providers.Reverse())
                if (provider.TryGet(path, out _)) return provider.ToString() ?? provider.GetType().Name;
        return "the configuration";
    }

    private void Check(IConfigurationSection section, SettingNode node, List<string> faults)
    {
        if (node.ValueType is { } type) CheckValue(section, type, faults);
        else if (node.Item is { ValueType: { } entry } && !node.IsMap) CheckList(section, entry, node.HasCommas, faults);
        else if (section.Value is { Length: > 0 }) faults.Add(Misplaced(section, node));
        else if (node.Item is { } item) CheckItems(section, item, faults);
        else if (node.Settings is { } settings)
            foreach (var child in section.GetChildren())
                if (settings.TryGetValue(child.Key, out var setting)) Check(child, setting, faults);
                else faults.Add(Unknown(child, settings.Keys));
    }

    private void CheckItems(IConfigurationSection section, SettingNode item, List<string> faults)
    {
        foreach (var child in section.GetChildren())
            if (item.ValueType is not null && child.Value is null && !child.GetChildren().Any()) _unusable.Add(child.Path);
            else Check(child, item, faults);
    }

    private void CheckList(IConfigurationSection section, Type type, bool hasCommas, List<string> faults)
    {
        foreach (var child in section.GetChildren())
            if (string.IsNullOrEmpty(child.Value) && !child.GetChildren().Any()) _unusable.Add(child.Path);
            else CheckValue(child, type, faults);
        if (section.Value is { Length: > 0 } value) TakeApart(section, hasCommas ? [value] : value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), type, faults);
    }

    /// <summary>What another source has written entry by entry follows behind.</summary>
    private void TakeApart(IConfigurationSection section, string[] entries, Type type, List<string> faults)
    {
        _unusable.Add(section.Path);
        var usable = new List<string?>();
        foreach (var entry in entries)
            if (Expected(entry, type) is { } expected) faults.Add($"{section.Path} (in {Source(section.Path)}) holds {Shown.Value(entry)}: set it to {expected}.");
            else usable.Add(entry);
        foreach (var child in section.GetChildren())
            if (_unusable.Add(child.Path)) usable.Add(child.Value);
        for (var i = 0; i < usable.Count; i++) _entries[ConfigurationPath.Combine(section.Path, i.ToString(CultureInfo.InvariantCulture))] = usable[i];
    }

    /// <summary>The value is not shown: who can tell what somebody wrote here.</summary>
    private string Misplaced(IConfigurationSection section, SettingNode node)
    {
        _unusable.Add(section.Path);
        var below = ConfigurationPath.Combine(section.Path, node.IsMap ? "NAME" : node.Item is not null ? "0:" + Example(node.Item) : Example(node));
        return $"{section.Path} (in {Source(section.Path)}) is a single value, where settings stand below it: write them with their names, such as {below}.";
    }

    private static string Example(SettingNode section) =>
        section.Settings is not { } settings ? "NAME" : settings.ContainsKey("Enabled") ? "Enabled" : settings.First(setting => setting.Value.ValueType is not null).Key;

    private string Unknown(IConfigurationSection child, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.OrdinalIgnoreCase).ToList();
        var nearest = names.MinBy(name => EditDistance(name.ToUpperInvariant(), child.Key.ToUpperInvariant()));
        var close = nearest is not null && EditDistance(nearest.ToUpperInvariant(), child.Key.ToUpperInvariant()) <= Math.Max(2, child.Key.Length / 2);
        var remedy = close ? $"did you mean '{nearest}'?" : "remove it; known here: " + string.Join(", ", names) + ".";
        var leaf = child.Value is null ? child.GetChildren().FirstOrDefault()?.Path ?? child.Path : child.Path;
        return $"{child.Path} (in {Source(leaf)}) is not a known setting: {remedy}";
    }

    private void CheckValue(IConfigurationSection section, Type type, List<string> faults)
    {
        if (section.Value is not { } value)
        {
            if (section.GetChildren().Any()) faults.Add($"{section.Path} (in {Source(section.GetChildren().First().Path)}) holds several values: give it a single one.");
            return;
        }
        if (Expected(value, type) is not { } expected) return;
        _unusable.Add(section.Path);
        faults.Add($"{section.Path} (in {Source(section.Path)}) is {Shown.Value(value)}: set it to {expected}.");
    }

    /// <summary>What the value should have been, or null when it is fine.</summary>
    private static string? Expected(string value, Type type)
    {
        if (type == typeof(string)) return null;
        if (type == typeof(bool)) return bool.TryParse(value, out _) ? null : "true or false";
        if (type == typeof(int) || type == typeof(long)) return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && (type == typeof(long) || whole is >= int.MinValue and <= int.MaxValue) ? null : "a whole number";
        if (type == typeof(double)) return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : "a number";
        if (type == typeof(TimeSpan)) return TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "a time span as hh:mm:ss";
        if (type.IsEnum) return Enum.TryParse(type, value, ignoreCase: true, out _) ? null : "one of " + string.Join(", ", Enum.GetNames(type));
        return null;
    }

    private static int EditDistance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}

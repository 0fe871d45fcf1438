using System.Diagnostics.CodeAnalysis;

namespace Observability.Configuration;

/// <summary>What a place in a configuration section may hold: a value, a list, a map, or named settings below it.</summary>
internal sealed class SettingNode
{
    private SettingNode(Type? valueType, SettingNode? item, bool isMap, IReadOnlyDictionary<string, SettingNode>? settings)
    {
        ValueType = valueType;
        Item = item;
        IsMap = isMap;
        Settings = settings;
    }

    /// <summary>The type of a single value; null for lists, maps and sections.</summary>
    public Type? ValueType { get; }

    /// <summary>What a list or map holds; null for the rest.</summary>
    public SettingNode? Item { get; }

    public bool IsMap { get; }

    /// <summary>Whether entries of the list may hold commas, so that a single value is one of them.</summary>
    public bool HasCommas { get; private init; }

    /// <summary>The settings below a section, by name; null for the rest.</summary>
    public IReadOnlyDictionary<string, SettingNode>? Settings { get; }

    public static SettingNode List(SettingNode item) => new(null, item, false, null);

    /// <summary>A list of texts such as patterns, which commas are a part of.</summary>
    public static SettingNode ListWithCommas() => new(null, Value(typeof(string)), false, null) { HasCommas = true };

    public static SettingNode Map(SettingNode item) => new(null, item, true, null);

    /// <summary>A section that its own package reads and judges.</summary>
    public static SettingNode Foreign() => new(null, null, false, null);

    /// <summary>A section that two options classes are read from.</summary>
    public SettingNode And(SettingNode other)
    {
        var settings = new Dictionary<string, SettingNode>(Settings!, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, node) in other.Settings!) settings.TryAdd(name, node);
        return new SettingNode(null, null, false, settings);
    }

    public static SettingNode Value(Type type) => new(Nullable.GetUnderlyingType(type) ?? type, null, false, null);

    /// <summary>A section shaped as an options class; what is no plain value in it is described by <paramref name="nested"/>.</summary>
    public static SettingNode Section<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(params (string Name, SettingNode Node)[] nested)
    {
        var settings = new Dictionary<string, SettingNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in typeof(T).GetProperties())
            if (property.GetMethod is { IsStatic: false }) settings[property.Name] = Describe(property.PropertyType);
        foreach (var (name, node) in nested) settings[name] = node;
        return new SettingNode(null, null, false, settings);
    }

    private static SettingNode Describe(Type type)
    {
        if (type == typeof(IList<string>) || type == typeof(string[])) return List(Value(typeof(string)));
        if (type == typeof(IList<double>) || type == typeof(double[])) return List(Value(typeof(double)));
        if (type == typeof(IDictionary<string, string>)) return Map(Value(typeof(string)));
        return Value(type);
    }
}

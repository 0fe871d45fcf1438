using System.Collections.Concurrent;

namespace Observability.Logging;

/// <summary>Names of an enum's values, encoded once each; an enum formats itself by boxing otherwise.</summary>
internal static class EnumText<T>
{
    private const int Most = 1_024;
    private static readonly ConcurrentDictionary<Value, byte[]> s_names = new();

    public static ValueForm Write(Line line, T value)
    {
        if (!s_names.TryGetValue(new Value(value), out var name))
        {
            name = JsonText.Encode(value?.ToString() ?? "");
            if (s_names.Count < Most) s_names.TryAdd(new Value(value), name);
        }
        line.Raw(name);
        return ValueForm.Text;
    }

    private readonly record struct Value(T Content);
}

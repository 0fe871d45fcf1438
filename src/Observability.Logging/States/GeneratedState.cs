using System.CodeDom.Compiler;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Observability.Logging;

/// <summary>
/// The structures that the generator of <c>[LoggerMessage]</c> makes for what <c>LoggerMessage.Define</c> cannot take, as more parameters than six: one field for
/// each parameter, named as it is after an underscore. Their text is an interpolated string of the invariant culture.
/// </summary>
internal static class GeneratedState<TState>
{
    private const string Generator = "Microsoft.Extensions.Logging.Generators";

    public static bool Is { get; } = typeof(TState).IsValueType && typeof(TState).GetCustomAttribute<GeneratedCodeAttribute>()?.Tool == Generator;

    /// <summary>The readers, or null when a field or a hole is not what it is expected to be.</summary>
    public static StateReaders<TState>? Compile(TState state, Template template)
    {
        if (template.Holes.Length == 0 || state is not IReadOnlyList<KeyValuePair<string, object?>> pairs) return null;
        var fields = Fields();
        if (fields.Length != pairs.Count - 1) return null;
        var named = new Dictionary<string, FieldInfo>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i++)
        {
            if (!IsOf(fields[i], pairs[i].Key) || !HasSimpleText(fields[i].FieldType) || !named.TryAdd(pairs[i].Key, fields[i])) return null;
        }
        var message = new StateReader<TState>(typeof(GeneratedHoleWriter));
        for (var i = 0; i < template.Holes.Length; i++)
        {
            var hole = template.Holes[i];
            if (named.Keys.FirstOrDefault(hole.Takes) is not { } name) return null;
            message.Add(named[name], i, nameof(GeneratedHoleWriter.Text), nameof(GeneratedHoleWriter.NullableText));
        }
        return new StateReaders<TState>(template.Holes.Length, message.Compile(), Attributes(named, template));
    }

    /// <summary>Every parameter is an attribute, also one that the template does not name.</summary>
    private static StateReader<TState>.Read Attributes(Dictionary<string, FieldInfo> named, Template template)
    {
        var reader = new StateReader<TState>(typeof(GeneratedHoleWriter));
        foreach (var (name, field) in named)
        {
            var hole = Array.FindIndex(template.Holes, hole => hole.Takes(name));
            if (hole >= 0) reader.Add(field, hole, nameof(GeneratedHoleWriter.Attribute), nameof(GeneratedHoleWriter.NullableAttribute));
            else reader.Add(field, name, nameof(GeneratedHoleWriter.Extra), nameof(GeneratedHoleWriter.NullableExtra));
        }
        return reader.Compile();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "Fields that the trimmer removed yield no reader; the indexer does then.")]
    private static FieldInfo[] Fields() => typeof(TState).GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance);

    /// <summary>The template may write a parameter's name in other case.</summary>
    private static bool IsOf(FieldInfo field, string name) => string.Equals(field.Name, "_" + name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The generator has a text of its own for collections.</summary>
    private static bool HasSimpleText(Type type) => !type.IsByRefLike && (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type));
}

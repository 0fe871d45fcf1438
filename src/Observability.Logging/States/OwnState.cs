using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The states that <see cref="LoggerMessage.Define(LogLevel, EventId, string)"/> and its like make: structures with one field for each hole.</summary>
internal static class OwnState<TState>
{
    public static StateReaders<TState>? Compile()
    {
        if (Fields() is not { } fields) return null;
        var message = new StateReader<TState>(typeof(HoleWriter));
        var attributes = new StateReader<TState>(typeof(HoleWriter));
        for (var i = 0; i < fields.Length; i++)
        {
            message.Add(fields[i], i, nameof(HoleWriter.Text), nameof(HoleWriter.NullableText));
            attributes.Add(fields[i], i, nameof(HoleWriter.Attribute), nameof(HoleWriter.NullableAttribute));
        }
        return new StateReaders<TState>(fields.Length, message.Compile(), attributes.Compile());
    }

    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "Fields that the trimmer removed yield no reader; the indexer does then.")]
    private static FieldInfo[]? Fields()
    {
        var type = typeof(TState);
        if (!type.IsValueType || !type.IsGenericType) return null;
        var count = type.GetGenericArguments().Length;
        var fields = new FieldInfo[count];
        for (var i = 0; i < count; i++)
        {
            if (type.GetField("_value" + i, BindingFlags.NonPublic | BindingFlags.Instance) is not { } field || field.FieldType.IsByRefLike) return null;
            fields[i] = field;
        }
        return fields;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>
/// What is known of a type of states. Of those that <see cref="LoggerMessage"/> makes, it reads the values without boxing them: their indexer boxes each value, so two
/// small methods are compiled that hand each field to <see cref="HoleWriter"/>. Where that is impossible (ahead-of-time compilation, another layout) there is none.
/// </summary>
internal sealed class StateKind<TState>
{
    /// <summary>Looked up once a call: for a state that holds a string the runtime has to find it by the type.</summary>
    public static readonly StateKind<TState> Instance = new();

    private StateKind()
    {
        IsOwn = typeof(TState).Assembly == typeof(LoggerMessage).Assembly;
        if (!IsOwn || !RuntimeFeature.IsDynamicCodeSupported || Fields() is not { } fields) return;
        try
        {
            Count = fields.Length;
            Attributes = Compile(fields, nameof(HoleWriter.Attribute), nameof(HoleWriter.NullableAttribute));
            Message = Compile(fields, nameof(HoleWriter.Text), nameof(HoleWriter.NullableText));
        }
        catch (Exception fault) when (fault is NotSupportedException or ArgumentException or InvalidOperationException or MemberAccessException)
        {
            Message = null;
        }
    }

    public delegate void Reader(in TState state, Line line, Template template);

    /// <summary>Whether it is one of Microsoft.Extensions.Logging's own, whose text is its template, rendered.</summary>
    public bool IsOwn { get; }

    /// <summary>How many values the readers take.</summary>
    public int Count { get; }

    /// <summary>Writes each hole's literal and text; null when the indexer has to do.</summary>
    public Reader? Message { get; }

    public Reader? Attributes { get; }

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

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The writers' type parameters have no requirements beyond struct, which is checked.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached only where dynamic code is supported.")]
    private static Reader Compile(FieldInfo[] fields, string writer, string nullableWriter)
    {
        var method = new DynamicMethod("Read", null, [typeof(TState).MakeByRefType(), typeof(Line), typeof(Template)], typeof(HoleWriter).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        for (var i = 0; i < fields.Length; i++)
        {
            var type = fields[i].FieldType;
            var nullable = Nullable.GetUnderlyingType(type);
            var target = typeof(HoleWriter).GetMethod(nullable is null ? writer : nullableWriter, BindingFlags.Public | BindingFlags.Static)!;
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldarg_2);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldfld, fields[i]);
            code.Emit(OpCodes.Call, target.MakeGenericMethod(nullable ?? type));
        }
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Reader>();
    }
}

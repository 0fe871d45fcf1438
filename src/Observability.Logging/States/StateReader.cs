using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;

namespace Observability.Logging;

/// <summary>Compiles a small method that hands a state's fields, one after the other, to a writer: a state's indexer boxes each value, which this spares.</summary>
internal sealed class StateReader<TState>([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type writers)
{
    private readonly DynamicMethod _method = Create(writers);

    public delegate void Read(in TState state, Line line, Template template);

    /// <summary>Adds the call <c>writer(line, template, place, field)</c>; the place is the number of a hole or the name of an attribute.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The writers' type parameters have no requirements beyond struct, which is checked.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached only where dynamic code is supported.")]
    public void Add(FieldInfo field, object place, string writer, string nullableWriter)
    {
        var nullable = Nullable.GetUnderlyingType(field.FieldType);
        var target = writers.GetMethod(nullable is null ? writer : nullableWriter, BindingFlags.Public | BindingFlags.Static)!;
        var code = _method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldarg_3);
        if (place is int hole) code.Emit(OpCodes.Ldc_I4, hole);
        else code.Emit(OpCodes.Ldstr, (string)place);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Call, target.MakeGenericMethod(nullable ?? field.FieldType));
    }

    /// <summary>With a target that it does not use: a delegate without one moves its arguments at each call.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached only where dynamic code is supported.")]
    private static DynamicMethod Create(Type writers) =>
        new("Read", null, [typeof(object), typeof(TState).MakeByRefType(), typeof(Line), typeof(Template)], writers.Module, skipVisibility: true);

    public Read Compile()
    {
        _method.GetILGenerator().Emit(OpCodes.Ret);
        return (Read)_method.CreateDelegate(typeof(Read), target: this);
    }
}

using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;

namespace Observability.Weaver.Bodies;

/// <summary>The class or struct that a compiler makes of an async method or an iterator, with the parts that weaving needs.</summary>
internal sealed class StateMachine
{
    private StateMachine(TypeDefinition type, MethodDefinition moveNext, FieldDefinition state)
    {
        Type = type;
        MoveNext = moveNext;
        State = Own(state);
    }

    public TypeDefinition Type { get; }
    public MethodDefinition MoveNext { get; }
    public FieldReference State { get; }
    public FieldReference? Builder { get; private init; }
    public FieldReference? DisposeMode { get; private init; }

    /// <summary>Dispose of an iterator.</summary>
    public MethodDefinition? Dispose { get; private init; }

    /// <summary>Null when the type does not look like what C# and Visual Basic make.</summary>
    public static StateMachine? Of(TypeDefinition type)
    {
        var moveNext = type.Methods.FirstOrDefault(method => method.Parameters.Count == 0 && IsNamed(method, "MoveNext"));
        var state = type.Fields.FirstOrDefault(CompilerNames.IsState);
        if (moveNext is not { HasBody: true } || state is null) return null;
        return new StateMachine(type, moveNext, state)
        {
            Builder = type.Fields.FirstOrDefault(CompilerNames.IsBuilder) is { } builder ? Own(builder) : null,
            DisposeMode = type.Fields.FirstOrDefault(CompilerNames.IsDisposeMode) is { } mode ? Own(mode) : null,
            Dispose = type.Methods.FirstOrDefault(method => method.Parameters.Count == 0 && IsNamed(method, "Dispose")),
        };
    }

    /// <summary>Whether a call in MoveNext tells the caller the outcome: to the method's builder, or the promise of an async iterator. The body may use others of their types for itself.</summary>
    public bool IsOutcome(Instruction instruction, string method, bool iterator) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt
        && instruction.Operand is MethodReference called
        && called.Name == method
        && Receiver.Of(instruction, called) is { } field
        && field.DeclaringType.GetElementType().FullName == Type.FullName
        && (iterator ? CompilerNames.IsPromise(field) : field.Name == Builder?.Name);

    /// <summary>Whether it can be seen where the machine tells that it failed, which every machine may.</summary>
    public bool TellsFailure(bool iterator) => MoveNext.Body.Instructions.Any(instruction => IsOutcome(instruction, "SetException", iterator));

    public FieldReference AddToken(WovenRuntime runtime)
    {
        var token = new FieldDefinition(WovenRuntime.Mark + "token", FieldAttributes.Assembly, runtime.Token);
        Type.Fields.Add(token);
        return Own(token);
    }

    /// <summary>The code that loads a parameter of the original method from the field that it was moved to.</summary>
    public LoadedValue? Load(ParameterDefinition parameter)
    {
        var isThis = parameter.Index < 0;
        var field = Type.Fields.FirstOrDefault(field => isThis ? CompilerNames.IsThis(field) : CompilerNames.IsParameter(field, parameter.Name))
            ?? Type.Fields.FirstOrDefault(field => field.Name == ParameterHoist.Name(parameter));
        if (field is null && Builder is not null) field = ParameterHoist.Add((MethodDefinition)parameter.Method, Type, parameter);
        if (field is null) return null;
        // The "this" of a struct is a reference wherever it is an argument, so it is one here.
        if (isThis && field.FieldType.IsValueType)
            return new LoadedValue([Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldflda, Own(field))], new ByReferenceType(field.FieldType));
        return new LoadedValue(Load(Own(field)), field.FieldType);
    }

    public static IReadOnlyList<Instruction> Load(FieldReference field) =>
        [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldfld, field)];

    private static bool IsNamed(MethodDefinition method, string name) =>
        method.Name == name || method.Name.EndsWith("." + name, StringComparison.Ordinal);

    /// <summary>Inside a generic type its own fields are named on the type's own instantiation.</summary>
    private static FieldReference Own(FieldDefinition field)
    {
        var type = field.DeclaringType;
        if (!type.HasGenericParameters) return field;
        var instance = new GenericInstanceType(type);
        foreach (var parameter in type.GenericParameters) instance.GenericArguments.Add(parameter);
        return new FieldReference(field.Name, field.FieldType, instance);
    }
}

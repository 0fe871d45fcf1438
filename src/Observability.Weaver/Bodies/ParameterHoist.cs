using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;

namespace Observability.Weaver.Bodies;

/// <summary>
/// Keeps a parameter, or <c>this</c>, that a tag shows although the body of the async method does not use it: an optimizing compiler does not move
/// it into the state machine, so the weaver does, where the method sets the first state.
/// </summary>
internal static class ParameterHoist
{
    /// <summary>The added field; null where the method does not begin as C# has it, or the type depends on type parameters.</summary>
    public static FieldDefinition? Add(MethodDefinition method, TypeDefinition machine, ParameterDefinition parameter)
    {
        if (parameter.ParameterType.ContainsGenericParameter || parameter.ParameterType is ByReferenceType or PointerType) return null;
        var first = method.Body.Instructions.FirstOrDefault(instruction => SetsState(instruction, machine));
        if (first?.Previous?.Previous is not { OpCode.Code: Code.Ldloca or Code.Ldloca_S, Operand: VariableDefinition variable }) return null;

        var field = new FieldDefinition(Name(parameter), FieldAttributes.Assembly, parameter.ParameterType);
        machine.Fields.Add(field);
        var code = method.Body.GetILProcessor();
        var store = code.Create(OpCodes.Stfld, new FieldReference(field.Name, field.FieldType, ((FieldReference)first.Operand).DeclaringType));
        code.InsertAfter(first, store);
        code.InsertBefore(store, code.Create(OpCodes.Ldloca, variable));
        code.InsertBefore(store, code.Create(OpCodes.Ldarg, parameter));
        return field;
    }

    public static string Name(ParameterDefinition parameter) => WovenRuntime.Mark + (parameter.Index < 0 ? "this" : "parameter " + parameter.Name);

    private static bool SetsState(Instruction instruction, TypeDefinition machine) =>
        instruction.OpCode.Code == Code.Stfld && instruction.Operand is FieldReference field && CompilerNames.IsState(field)
        && field.DeclaringType.GetElementType().FullName == machine.FullName;
}

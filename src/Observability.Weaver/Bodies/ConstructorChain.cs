using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>The call of the base type's or another own constructor with which every constructor of a class begins.</summary>
internal static class ConstructorChain
{
    public static bool Has(MethodBody body) =>
        body.Instructions.Any(instruction => IsLink(instruction, body.Method.DeclaringType)) && body.Instructions.Last().OpCode.Code is Code.Ret or Code.Throw;

    public static bool IsLink(Instruction instruction, TypeDefinition type) =>
        instruction.OpCode.Code == Code.Call
        && instruction.Operand is MethodReference { Name: ".ctor" } called
        && (IsSame(called.DeclaringType, type) || IsSame(called.DeclaringType, type.BaseType));

    private static bool IsSame(TypeReference one, TypeReference? other) =>
        other is not null && one.GetElementType().FullName == other.GetElementType().FullName;
}

using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>Instructions that cannot stand in a protected region.</summary>
internal static class UnknownCode
{
    public static bool IsIn(MethodBody body) => body.Instructions.Any(instruction => instruction.OpCode.Code == Code.Jmp);
}

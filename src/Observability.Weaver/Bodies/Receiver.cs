using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>Finds the field that a call is made on, where its arguments are as plain as those that compilers write for themselves.</summary>
internal static class Receiver
{
    public static FieldReference? Of(Instruction call, MethodReference called)
    {
        var arguments = called.Parameters.Count;
        for (var instruction = call.Previous; instruction is not null; instruction = instruction.Previous)
        {
            if (instruction.OpCode.Code == Code.Nop) continue;
            if (arguments == 0) return instruction.OpCode.Code is Code.Ldflda or Code.Ldfld ? instruction.Operand as FieldReference : null;
            if (instruction.OpCode.StackBehaviourPop == StackBehaviour.Pop0 && instruction.OpCode.StackBehaviourPush != StackBehaviour.Push0) arguments--;
            else if (instruction.OpCode.Code != Code.Ldfld) return null;
        }
        return null;
    }
}

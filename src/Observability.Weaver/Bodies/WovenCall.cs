using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;
using Observability.Weaver.Selection;

namespace Observability.Weaver.Bodies;

/// <summary>One method to be woven: what its span is called, what it calls, what it tells.</summary>
internal sealed record WovenCall(SelectedMethod Selected, WovenRuntime Runtime, TagCode Tags)
{
    /// <summary>Leaves the started token, or null when nobody listens, on the stack.</summary>
    public IEnumerable<Instruction> Start() =>
    [
        Instruction.Create(OpCodes.Ldstr, Selected.SpanName),
        Instruction.Create(OpCodes.Ldstr, Selected.Name.Function),
        Instruction.Create(OpCodes.Ldc_I4, Selected.Rule.Spans ? (int)Selected.Rule.Kind : WovenCalls.NoSpan),
        Instruction.Create(OpCodes.Call, Runtime.Start),
    ];

    public static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);
}

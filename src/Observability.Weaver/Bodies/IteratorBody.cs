using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>
/// A span in an iterator: from the first MoveNext to the last, or to Dispose when the consumer stops early. It is current only
/// while the iterator itself runs; between two elements the consumer has its own.
/// </summary>
internal sealed class IteratorBody(WovenCall call, StateMachine machine)
{
    public void Weave()
    {
        var token = machine.AddToken(call.Runtime);
        call.Tags.NoReturn("an iterator returns many values");
        WeaveMoveNext(token);
        if (machine.Dispose is { HasBody: true }) WeaveDispose(token);
    }

    private void WeaveMoveNext(FieldReference token)
    {
        var editor = new BodyEditor(machine.MoveNext);
        var first = editor.First;
        var more = editor.AddVariable(machine.MoveNext.ReturnType);
        var before = editor.AddVariable(call.Runtime.Before.ReturnType);
        var entered = editor.AddVariable(call.Runtime.Token);
        var end = Instruction.Create(OpCodes.Nop);
        var leave = Instruction.Create(OpCodes.Leave, end);
        foreach (var instruction in editor.Returns)
        {
            BodyEditor.Replace(instruction, OpCodes.Stloc, more);
            editor.InsertAfter(instruction, Instruction.Create(OpCodes.Br, leave));
        }
        var code = Beginning(token, before, entered, more);
        editor.InsertBefore(first, code);
        editor.Hide(code[0]);
        editor.Append(leave);
        Guard.Append(editor, call.Runtime, first, [Instruction.Create(OpCodes.Ldloc, entered)],
        [
            Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldloc, entered), Instruction.Create(OpCodes.Ldloc, before), Instruction.Create(OpCodes.Ldloc, more),
            WovenCall.Call(call.Runtime.Suspend), Instruction.Create(OpCodes.Stfld, token), Instruction.Create(OpCodes.Endfinally),
        ], end);
        editor.Append(end, Instruction.Create(OpCodes.Ldloc, more), Instruction.Create(OpCodes.Ret));
        editor.Finish();
    }

    private Instruction[] Beginning(FieldReference token, VariableDefinition before, VariableDefinition entered, VariableDefinition more)
    {
        var resume = Instruction.Create(OpCodes.Ldarg_0);
        var go = Instruction.Create(OpCodes.Ldarg_0);
        return
        [
            Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Stloc, more),
            .. StateMachine.Load(token), WovenCall.Call(call.Runtime.Before), Instruction.Create(OpCodes.Stloc, before),
            .. StateMachine.Load(machine.State), Instruction.Create(OpCodes.Brtrue, resume),
            Instruction.Create(OpCodes.Ldarg_0), .. call.Start(), Instruction.Create(OpCodes.Stfld, token),
            .. call.Tags.AtStart(StateMachine.Load(token), machine.Load),
            Instruction.Create(OpCodes.Br, go),
            resume, Instruction.Create(OpCodes.Ldfld, token), WovenCall.Call(call.Runtime.Resume),
            go, Instruction.Create(OpCodes.Ldfld, token), Instruction.Create(OpCodes.Stloc, entered),
        ];
    }

    /// <summary>What is left to do, in a finally, is done while the span is current.</summary>
    private void WeaveDispose(FieldReference token)
    {
        var editor = new BodyEditor(machine.Dispose!);
        var first = editor.First;
        var before = editor.AddVariable(call.Runtime.Before.ReturnType);
        var entered = editor.AddVariable(call.Runtime.Token);
        var ended = Instruction.Create(OpCodes.Endfinally);
        var end = Instruction.Create(OpCodes.Ret);
        var leave = Instruction.Create(OpCodes.Leave, end);
        foreach (var instruction in editor.Returns) BodyEditor.Replace(instruction, OpCodes.Br, leave);
        editor.InsertBefore(first,
        [
            .. StateMachine.Load(token), Instruction.Create(OpCodes.Stloc, entered), Instruction.Create(OpCodes.Ldloc, entered), Instruction.Create(OpCodes.Brfalse, first),
            Instruction.Create(OpCodes.Ldloc, entered), WovenCall.Call(call.Runtime.Before), Instruction.Create(OpCodes.Stloc, before),
            Instruction.Create(OpCodes.Ldloc, entered), WovenCall.Call(call.Runtime.Resume),
        ]);
        editor.Append(leave);
        Guard.Append(editor, call.Runtime, first, [Instruction.Create(OpCodes.Ldloc, entered)],
        [
            Instruction.Create(OpCodes.Ldloc, entered), Instruction.Create(OpCodes.Brfalse, ended),
            Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldloc, entered), Instruction.Create(OpCodes.Ldloc, before), Instruction.Create(OpCodes.Ldc_I4_0),
            WovenCall.Call(call.Runtime.Suspend), Instruction.Create(OpCodes.Stfld, token), ended,
        ], end);
        editor.Append(end);
        editor.Finish();
    }
}

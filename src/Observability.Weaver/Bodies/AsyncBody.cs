using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>
/// A span in an async method or async iterator, inside the state machine: begun where it enters its first state, ended before the
/// builder is told the outcome. No task is wrapped, and the builder keeps what is current inside from leaking to the caller.
/// </summary>
internal sealed class AsyncBody(WovenCall call, StateMachine machine, bool iterator)
{
    private const int Running = -1;
    private const int FirstOfIterator = -3;

    public void Weave()
    {
        var token = machine.AddToken(call.Runtime);
        var editor = new BodyEditor(machine.MoveNext);
        var first = editor.First;
        var leaks = !iterator && !IsOwnBuilder();
        var before = leaks ? editor.AddVariable(call.Runtime.Before.ReturnType) : null;
        EndBeforeOutcome(editor, token);
        if (before is not null) GiveBackAtReturns(editor, token, before);
        var code = Beginning(token, before, editor.AddVariable(call.Runtime.Token), first);
        editor.InsertBefore(first, code);
        editor.Hide(code[0]);
        editor.Finish();
    }

    private List<Instruction> Beginning(FieldReference token, VariableDefinition? before, VariableDefinition started, Instruction first)
    {
        var code = new List<Instruction>();
        if (before is not null)
            code.AddRange([.. StateMachine.Load(token), WovenCall.Call(call.Runtime.Before), Instruction.Create(OpCodes.Stloc, before)]);

        var resumed = iterator ? Resumption(token, first) : [first];
        code.AddRange([.. StateMachine.Load(machine.State), Instruction.Create(OpCodes.Ldc_I4, iterator ? FirstOfIterator : Running), Instruction.Create(OpCodes.Bne_Un, resumed[0])]);
        if (iterator && machine.DisposeMode is not null)
            code.AddRange([.. StateMachine.Load(machine.DisposeMode), Instruction.Create(OpCodes.Brtrue, first)]);
        code.AddRange(Start(token, started));
        code.AddRange(call.Tags.AtStart(StateMachine.Load(token), machine.Load));
        if (!iterator) return code;
        return [.. code, Instruction.Create(OpCodes.Br, first), .. resumed];
    }

    /// <summary>
    /// Stores the token. A new state machine's is null already, and storing that again would cost more than asking whether anybody listens: the
    /// machine may be on the heap, and the collector wants to know. An iterator may run for a second time.
    /// </summary>
    private Instruction[] Start(FieldReference token, VariableDefinition started)
    {
        if (iterator) return [Instruction.Create(OpCodes.Ldarg_0), .. call.Start(), Instruction.Create(OpCodes.Stfld, token)];
        var skip = Instruction.Create(OpCodes.Nop);
        return
        [
            .. call.Start(), Instruction.Create(OpCodes.Stloc, started), Instruction.Create(OpCodes.Ldloc, started), Instruction.Create(OpCodes.Brfalse, skip),
            Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldloc, started), Instruction.Create(OpCodes.Stfld, token), skip,
        ];
    }

    /// <summary>After a yield the consumer's context is in force, and the span has to be made current again; after an await it already is.</summary>
    private Instruction[] Resumption(FieldReference token, Instruction first) =>
    [
        .. StateMachine.Load(machine.State), Instruction.Create(OpCodes.Ldc_I4, FirstOfIterator), Instruction.Create(OpCodes.Bge, first),
        .. StateMachine.Load(token), WovenCall.Call(call.Runtime.Resume),
    ];

    private void EndBeforeOutcome(BodyEditor editor, FieldReference token)
    {
        if (iterator) call.Tags.NoReturn("an iterator returns many values");
        foreach (var instruction in editor.Body.Instructions.ToArray())
        {
            if (iterator && machine.IsOutcome(instruction, "SetResult", iterator)) editor.InsertAt(instruction, EndAtLastElement(token));
            else if (!iterator && machine.IsOutcome(instruction, "SetResult", iterator))
                editor.InsertAt(instruction, [.. Result(editor, instruction, token), .. StateMachine.Load(token), WovenCall.Call(call.Runtime.End)]);
            else if (machine.IsOutcome(instruction, "SetException", iterator))
                editor.InsertAt(instruction, [Instruction.Create(OpCodes.Dup), .. StateMachine.Load(token), WovenCall.Call(call.Runtime.EndFailed)]);
        }
    }

    private List<Instruction> Result(BodyEditor editor, Instruction instruction, FieldReference token)
    {
        if (!call.Tags.WantsReturn || iterator) return [];
        if (instruction.Operand is not MethodReference { Parameters.Count: 1 } || machine.Builder?.FieldType is not GenericInstanceType { GenericArguments: [var type] })
        {
            call.Tags.NoReturn("the method returns nothing");
            return [];
        }
        var result = editor.AddVariable(type);
        return [Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Stloc, result), .. call.Tags.AtReturn(StateMachine.Load(token), result)];
    }

    /// <summary>An async iterator tells its promise true for an element and false at the end.</summary>
    private Instruction[] EndAtLastElement(FieldReference token)
    {
        var skip = Instruction.Create(OpCodes.Nop);
        return [Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Brtrue, skip), .. StateMachine.Load(token), WovenCall.Call(call.Runtime.End), skip];
    }

    /// <summary>The runtime's builders restore the caller's context when MoveNext suspends. Others need not.</summary>
    private bool IsOwnBuilder() => machine.Builder?.FieldType.Namespace == "System.Runtime.CompilerServices" && machine.Builder.FieldType.Name.Contains("MethodBuilder", StringComparison.Ordinal);

    private void GiveBackAtReturns(BodyEditor editor, FieldReference token, VariableDefinition before)
    {
        foreach (var instruction in editor.Returns)
            editor.InsertAt(instruction,
            [
                .. StateMachine.Load(token), Instruction.Create(OpCodes.Ldloc, before), Instruction.Create(OpCodes.Ldc_I4_1),
                WovenCall.Call(call.Runtime.Suspend), Instruction.Create(OpCodes.Pop),
            ]);
    }
}

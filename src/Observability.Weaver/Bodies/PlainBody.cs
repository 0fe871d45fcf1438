using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>A span around a body that runs on the caller's stack; a returned task takes the end of the span along.</summary>
internal sealed class PlainBody(WovenCall call)
{
    public void Weave(MethodDefinition method)
    {
        var editor = new BodyEditor(method);
        DropTailPrefixes(editor.Body);
        var entry = method.IsConstructor && !method.DeclaringType.IsValueType ? AfterChainedConstructor(editor.Body) : editor.First;
        var token = editor.AddVariable(call.Runtime.Token);
        var type = WithoutModifiers(method.ReturnType);
        var result = type.MetadataType == MetadataType.Void ? null : editor.AddVariable(type);
        var end = Instruction.Create(OpCodes.Nop);

        var funnel = Funnel(editor, token, result, end);
        RedirectReturns(editor, result, funnel[0]);
        Prologue(editor, entry, token);
        if (funnel.Length > 0) editor.Append(funnel);
        Guard.Append(editor, call.Runtime, entry, [Instruction.Create(OpCodes.Ldloc, token)],
            [Instruction.Create(OpCodes.Ldloc, token), WovenCall.Call(call.Runtime.End), Instruction.Create(OpCodes.Endfinally)], end);
        editor.Append(result is null ? [end, Instruction.Create(OpCodes.Ret)] : [end, Instruction.Create(OpCodes.Ldloc, result), Instruction.Create(OpCodes.Ret)]);
        editor.Finish();
    }

    private void Prologue(BodyEditor editor, Instruction entry, VariableDefinition token)
    {
        List<Instruction> code = [.. call.Start(), Instruction.Create(OpCodes.Stloc, token)];
        code.AddRange(call.Tags.AtStart([Instruction.Create(OpCodes.Ldloc, token)], parameter => new LoadedValue([Instruction.Create(OpCodes.Ldarg, parameter)], parameter.ParameterType)));
        var hides = entry == editor.First;
        editor.InsertBefore(entry, code);
        if (hides) editor.Hide(code[0]);
    }

    /// <summary>All returns meet here, still inside the protected region.</summary>
    private Instruction[] Funnel(BodyEditor editor, VariableDefinition token, VariableDefinition? result, Instruction end)
    {
        var code = new List<Instruction>();
        if (result is null) call.Tags.NoReturn("the method returns nothing");
        else code.AddRange(call.Tags.AtReturn([Instruction.Create(OpCodes.Ldloc, token)], result));
        if (result is not null && ShapeReader.IsTask(result.VariableType)) code.AddRange(EndWithTask(token, result));
        if (result is not null && ShapeReader.IsValueTask(result.VariableType)) code.AddRange(EndWithValueTask(editor, token, result));
        return [.. code, Instruction.Create(OpCodes.Leave, end)];
    }

    private static void RedirectReturns(BodyEditor editor, VariableDefinition? result, Instruction funnel)
    {
        foreach (var instruction in editor.Returns)
        {
            if (result is null)
            {
                BodyEditor.Replace(instruction, OpCodes.Br, funnel);
                continue;
            }
            BodyEditor.Replace(instruction, OpCodes.Stloc, result);
            editor.InsertAfter(instruction, Instruction.Create(OpCodes.Br, funnel));
        }
    }

    private Instruction[] EndWithTask(VariableDefinition token, VariableDefinition task) =>
    [
        Instruction.Create(OpCodes.Ldloc, token), Instruction.Create(OpCodes.Ldloc, task),
        WovenCall.Call(call.Runtime.EndWith), Instruction.Create(OpCodes.Stloc, token),
    ];

    /// <summary>A ValueTask may be awaited once only: when somebody listens, it becomes a Task that two can await.</summary>
    private Instruction[] EndWithValueTask(BodyEditor editor, VariableDefinition token, VariableDefinition result)
    {
        var type = result.VariableType;
        var generic = type as GenericInstanceType;
        var (asTask, wrap) = ValueTaskMembers.Of(type, call.Runtime.EndWith.Parameters[1].ParameterType, editor.Method.Module);
        var task = editor.AddVariable(generic is null ? asTask.ReturnType : ValueTaskMembers.TaskOf(generic, asTask));
        var skip = Instruction.Create(OpCodes.Nop);
        return
        [
            Instruction.Create(OpCodes.Ldloc, token), Instruction.Create(OpCodes.Brfalse, skip),
            Instruction.Create(OpCodes.Ldloca, result), WovenCall.Call(asTask), Instruction.Create(OpCodes.Stloc, task),
            Instruction.Create(OpCodes.Ldloc, task), Instruction.Create(OpCodes.Newobj, wrap), Instruction.Create(OpCodes.Stloc, result),
            .. EndWithTask(token, task), skip,
        ];
    }

    /// <summary>Before the chained constructor has run there is no object yet, and no region may begin.</summary>
    private static Instruction AfterChainedConstructor(MethodBody body)
    {
        var type = body.Method.DeclaringType;
        var chained = body.Instructions.First(instruction => ConstructorChain.IsLink(instruction, type));
        return chained.Next;
    }

    /// <summary>Nothing inside a protected region can be a tail call; TailCalls has seen to it that no recursion hangs on it.</summary>
    private static void DropTailPrefixes(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
            if (instruction.OpCode.Code == Code.Tail) instruction.OpCode = OpCodes.Nop;
    }

    private static TypeReference WithoutModifiers(TypeReference type) =>
        type is IModifierType modified ? WithoutModifiers(modified.ElementType) : type;
}

using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Observability.Weaver.Bodies;

/// <summary>Inserts into a method body so that branches, protected regions and line numbers stay where they belong.</summary>
internal sealed class BodyEditor
{
    private const int HiddenLine = 0xFEEFEE;
    private const int MostLocals = 0xFFFE;
    private const int AddedLocals = 16;

    private readonly ILProcessor _code;

    public BodyEditor(MethodDefinition method)
    {
        Method = method;
        Body = method.Body;
        // A method without locals says nothing about clearing them; one with locals decided, and stays as it decided.
        if (!Body.HasVariables) Body.InitLocals = true;
        Body.SimplifyMacros();
        _code = Body.GetILProcessor();
    }

    public MethodDefinition Method { get; }
    public MethodBody Body { get; }
    public Instruction First => Body.Instructions[0];
    public IReadOnlyList<Instruction> Returns => [.. Body.Instructions.Where(instruction => instruction.OpCode.Code == Code.Ret)];

    /// <summary>Whether what weaving adds fits beside the locals that a body has: 65,534 are all that there can be.</summary>
    public static bool HasRoom(MethodBody body) => body.Variables.Count <= MostLocals - AddedLocals;

    public VariableDefinition AddVariable(TypeReference type)
    {
        var variable = new VariableDefinition(type);
        Body.Variables.Add(variable);
        return variable;
    }

    /// <summary>In front of an instruction; branches to it still go to it.</summary>
    public void InsertBefore(Instruction target, IEnumerable<Instruction> code)
    {
        foreach (var instruction in code) _code.InsertBefore(target, instruction);
    }

    /// <summary>In front of an instruction; branches to it and regions that begin or end at it take the inserted code along.</summary>
    public void InsertAt(Instruction target, IReadOnlyList<Instruction> code)
    {
        InsertBefore(target, code);
        foreach (var instruction in Body.Instructions)
        {
            if (code.Contains(instruction)) continue;
            if (instruction.Operand == target) instruction.Operand = code[0];
            else if (instruction.Operand is Instruction[] targets) Replace(targets, target, code[0]);
        }
        foreach (var handler in Body.ExceptionHandlers)
        {
            if (handler.TryStart == target) handler.TryStart = code[0];
            if (handler.TryEnd == target) handler.TryEnd = code[0];
            if (handler.FilterStart == target) handler.FilterStart = code[0];
            if (handler.HandlerStart == target) handler.HandlerStart = code[0];
            if (handler.HandlerEnd == target) handler.HandlerEnd = code[0];
        }
    }

    /// <summary>At the end. The first appended instruction ends the regions that ran to the end of the body.</summary>
    public void Append(params ReadOnlySpan<Instruction> code)
    {
        foreach (var handler in Body.ExceptionHandlers) handler.HandlerEnd ??= code[0];
        foreach (var instruction in code) _code.Append(instruction);
    }

    public static void Replace(Instruction instruction, OpCode opcode, object? operand)
    {
        instruction.OpCode = opcode;
        instruction.Operand = operand;
    }

    public void InsertAfter(Instruction target, Instruction added) => _code.InsertAfter(target, added);

    /// <summary>
    /// Keeps debuggers from showing added code as a line of its own. At the beginning it belongs to the line that begins there: the runtime places a frame below
    /// a finally at the beginning of its method, and a stack trace shall show the line that it showed. Elsewhere it has no line.
    /// </summary>
    public void Hide(Instruction start)
    {
        var points = Method.DebugInformation.SequencePoints;
        if (points.Count == 0) return;
        var hidden = new SequencePoint(start, points[0].Document) { StartLine = HiddenLine, EndLine = HiddenLine, StartColumn = 0, EndColumn = 0 };
        if (start == First) points.Insert(0, points[0].Offset == 0 ? At(start, points[0]) : hidden);
        else points.Add(hidden);
    }

    private static SequencePoint At(Instruction start, SequencePoint line) =>
        new(start, line.Document) { StartLine = line.StartLine, EndLine = line.EndLine, StartColumn = line.StartColumn, EndColumn = line.EndColumn };

    public void Finish() => Body.OptimizeMacros();

    private static void Replace(Instruction[] targets, Instruction old, Instruction replacement)
    {
        for (var i = 0; i < targets.Length; i++)
            if (targets[i] == old) targets[i] = replacement;
    }
}

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>
/// Finds methods whose <c>tail.</c> calls keep a recursion from growing the stack: they come back to the method, or go to a
/// closure that may. A span around such a method would take the tail call away, and with it the program's right to recurse.
/// </summary>
internal sealed class TailCalls
{
    private readonly Dictionary<MethodDefinition, IReadOnlyList<MethodReference>> _calls = [];

    public bool Recurs(MethodDefinition method)
    {
        if (Calls(method).Count == 0) return false;
        var seen = new HashSet<MethodDefinition>();
        var open = new Stack<MethodDefinition>([method]);
        while (open.TryPop(out var next))
        {
            foreach (var called in Calls(next))
            {
                if (IsClosure(called)) return true;
                if (Definition(called, method.Module) is not { } definition) continue;
                if (definition == method) return true;
                if (seen.Add(definition)) open.Push(definition);
            }
        }
        return false;
    }

    private IReadOnlyList<MethodReference> Calls(MethodDefinition method)
    {
        if (_calls.TryGetValue(method, out var known)) return known;
        var found = new List<MethodReference>();
        if (method.HasBody)
            foreach (var instruction in method.Body.Instructions)
                if (instruction.OpCode.Code == Code.Tail && instruction.Next?.Operand is MethodReference called) found.Add(called);
        return _calls[method] = found;
    }

    private static bool IsClosure(MethodReference called) =>
        called.DeclaringType.Name.StartsWith("FSharpFunc", StringComparison.Ordinal) || called.Name == "Invoke";

    private static MethodDefinition? Definition(MethodReference called, ModuleDefinition module) =>
        called.DeclaringType.Scope == module ? called.Resolve() : null;
}

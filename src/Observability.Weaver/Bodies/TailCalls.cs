using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>
/// Finds methods whose <c>tail.</c> calls keep a recursion from growing the stack: they come back to the method, or go to where nobody can
/// tell: what can be overridden, a closure, an assembly that is not here. A span around such a method would take the tail call away, and with it the program's right to recurse.
/// </summary>
internal sealed class TailCalls
{
    // Made by C#, which writes no tail calls: what goes there does not come back without growing the stack.
    private static readonly string[] Framework = ["System", "Microsoft", "mscorlib", "netstandard"];

    private readonly Dictionary<MethodDefinition, IReadOnlyList<MethodReference?>> _calls = [];

    public bool Recurs(MethodDefinition method)
    {
        if (Calls(method).Count == 0) return false;
        var seen = new HashSet<MethodDefinition>();
        var open = new Stack<MethodDefinition>([method]);
        while (open.TryPop(out var next))
        {
            foreach (var called in Calls(next))
            {
                if (called is null) return true;
                if (IsOfFramework(called) && !IsVirtual(called)) continue;
                if (called.Resolve() is not { } definition || CanBeOverridden(definition) || !HasCode(definition)) return true;
                if (definition == method) return true;
                if (seen.Add(definition)) open.Push(definition);
            }
        }
        return false;
    }

    /// <summary>What it calls so; null for what it has the address of only.</summary>
    private IReadOnlyList<MethodReference?> Calls(MethodDefinition method)
    {
        if (_calls.TryGetValue(method, out var known)) return known;
        var found = new List<MethodReference?>();
        if (method.HasBody)
            foreach (var instruction in method.Body.Instructions)
                if (instruction.OpCode.Code == Code.Tail) found.Add(instruction.Next?.Operand as MethodReference);
        return _calls[method] = found;
    }

    private static bool IsOfFramework(MethodReference called) =>
        called.DeclaringType.Scope is AssemblyNameReference { Name: var name } && Array.Exists(Framework, root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    private static bool IsVirtual(MethodReference called) => called.HasThis && (called.Resolve() is not { } definition || CanBeOverridden(definition));

    private static bool CanBeOverridden(MethodDefinition method) => method.IsVirtual && !method.IsFinal && !method.DeclaringType.IsSealed;

    /// <summary>A reference assembly says nothing about what its methods do.</summary>
    private static bool HasCode(MethodDefinition method) =>
        method.HasBody && !method.Module.Assembly.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ReferenceAssemblyAttribute");
}

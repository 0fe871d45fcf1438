using Mono.Cecil;

namespace Observability.Weaver.Bodies;

/// <summary>Tells a method's shape, and finds the state machine that its compiler moved the body to.</summary>
internal static class ShapeReader
{
    private const string Services = "System.Runtime.CompilerServices.";

    /// <summary>MethodImplOptions.Async of .NET 11, which Cecil does not know.</summary>
    private const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    public static MethodShape Of(MethodDefinition method, out TypeDefinition? machine)
    {
        machine = null;
        if ((method.ImplAttributes & RuntimeAsync) != 0) return MethodShape.RuntimeAsync;
        // Nothing marks a method whose body the runtime makes (UnsafeAccessor): it merely has no instructions.
        if (!method.HasBody || method.Body.Instructions.Count == 0) return MethodShape.Bodyless;
        if (method.HasCustomAttributes)
        {
            foreach (var attribute in method.CustomAttributes)
            {
                MethodShape? shape = attribute.AttributeType.FullName switch
                {
                    Services + "AsyncStateMachineAttribute" => MethodShape.Async,
                    Services + "AsyncIteratorStateMachineAttribute" => MethodShape.AsyncIterator,
                    Services + "IteratorStateMachineAttribute" => MethodShape.Iterator,
                    _ => null,
                };
                if (shape is null) continue;
                machine = Machine(attribute);
                return shape.Value;
            }
        }
        if (method.IsConstructor) return MethodShape.Constructor;
        return IsTask(method.ReturnType) || IsValueTask(method.ReturnType) ? MethodShape.ReturnsTask : MethodShape.Plain;
    }

    public static bool IsTask(TypeReference type) =>
        type.Namespace == "System.Threading.Tasks" && type.Name is "Task" or "Task`1";

    public static bool IsValueTask(TypeReference type) =>
        type.Namespace == "System.Threading.Tasks" && type.Name is "ValueTask" or "ValueTask`1";

    private static TypeDefinition? Machine(CustomAttribute attribute) =>
        attribute.ConstructorArguments is [{ Value: TypeReference type }] ? type.Resolve() : null;
}

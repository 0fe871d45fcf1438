using Mono.Cecil;
using Observability.Weaver.Bodies;

namespace Observability.Weaver.Selection;

/// <summary>Tells what kind of member a method is, as its programmer sees it.</summary>
internal static class MemberKind
{
    /// <summary>None for what no rule may pick: static constructors, finalizers and what compilers make for themselves.</summary>
    public static WeaveMembers Of(MethodDefinition method)
    {
        if (CompilerNames.IsLocalFunction(method)) return WeaveMembers.LocalFunctions;
        if (CompilerNames.IsLambda(method)) return WeaveMembers.Lambdas;
        if (CompilerNames.IsGenerated(method) && !IsTopLevelMain(method)) return WeaveMembers.None;
        if (CompilerNames.IsGenerated(method.DeclaringType)) return WeaveMembers.None;
        if (method.IsConstructor) return method.IsStatic ? WeaveMembers.None : WeaveMembers.Constructors;
        if (method.IsGetter || method.IsSetter || method.IsAddOn || method.IsRemoveOn || method.IsFire) return WeaveMembers.Properties;
        if (method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal)) return WeaveMembers.Operators;
        if (method.Name == "Finalize" && method.IsVirtual && method.Parameters.Count == 0) return WeaveMembers.None;
        return WeaveMembers.Methods;
    }

    private static bool IsTopLevelMain(MethodDefinition method) => method.Name == "<Main>$";
}

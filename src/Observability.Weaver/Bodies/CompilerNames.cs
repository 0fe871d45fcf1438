using Mono.Cecil;

namespace Observability.Weaver.Bodies;

/// <summary>The names that compilers give to what a programmer did not name.</summary>
internal static class CompilerNames
{
    private const int FileHash = 64;

    /// <summary>C# names begin with an angle bracket, which one of a programmer may contain: that of an explicit implementation does, as do F#'s in double backticks.</summary>
    public static bool IsGenerated(MemberReference member) =>
        (member.Name.StartsWith('<') && WithoutFile(member.Name) == member.Name) || IsFSharp(member) || member.Name.StartsWith("_Closure$", StringComparison.Ordinal) || member.Name.StartsWith("VB$", StringComparison.Ordinal);

    /// <summary>F# names closures and state machines after the line that they stand in: <c>name@12</c>, <c>name@12-1</c>; what starts a file has a namespace of its own.</summary>
    private static bool IsFSharp(MemberReference member)
    {
        var at = member.Name.LastIndexOf('@');
        return (at >= 0 && at + 1 < member.Name.Length && char.IsAsciiDigit(member.Name[at + 1])) || member is TypeReference { Namespace: var home } && home.StartsWith("<StartupCode$", StringComparison.Ordinal);
    }

    /// <summary>C# names a type of one file <c>&lt;File&gt;FHASH__Name</c>.</summary>
    public static string WithoutFile(string type)
    {
        var close = type.StartsWith('<') ? type.IndexOf(">F", StringComparison.Ordinal) + 2 : 0;
        return close > 2 && close + FileHash + 2 < type.Length && type.AsSpan(close + FileHash).StartsWith("__") ? type[(close + FileHash + 2)..] : type;
    }

    /// <summary>C# names a local function <c>&lt;Outer&gt;g__Local|0_1</c>.</summary>
    public static bool IsLocalFunction(MethodReference method) =>
        method.Name.StartsWith('<') && method.Name.Contains(">g__", StringComparison.Ordinal);

    /// <summary>C# names a lambda <c>&lt;Outer&gt;b__0_1</c>, Visual Basic <c>_Lambda$__0</c>.</summary>
    public static bool IsLambda(MethodReference method) =>
        (method.Name.StartsWith('<') && method.Name.Contains(">b__", StringComparison.Ordinal)) || method.Name.StartsWith("_Lambda$__", StringComparison.Ordinal);

    /// <summary>State machines are woven by way of the method that they belong to.</summary>
    public static bool IsStateMachine(TypeDefinition type) =>
        type.IsNested && type.Fields.Any(IsState) && type.Methods.Any(method => method.Name == "MoveNext" || method.Name.EndsWith(".MoveNext", StringComparison.Ordinal));

    /// <summary>What a person would call a local function or a lambda; null for everything else.</summary>
    public static string? Origin(MethodReference method)
    {
        var name = method.Name;
        if (name.StartsWith("_Lambda$__", StringComparison.Ordinal)) return "lambda";
        if (!IsLocalFunction(method) && !IsLambda(method)) return null;
        var close = name.IndexOf(IsLambda(method) ? ">b__" : ">g__", StringComparison.Ordinal);
        var outer = name[1..close];
        if (outer == "<Main>$") outer = "Main";
        if (IsLambda(method)) return outer + ".lambda";
        var local = name[(close + 4)..];
        var bar = local.IndexOf('|', StringComparison.Ordinal);
        return outer + "." + (bar < 0 ? local : local[..bar]);
    }

    /// <summary>Fields of state machines, as C# and Visual Basic name them.</summary>
    public static bool IsState(FieldReference field) => field.Name is "<>1__state" or "$State";

    public static bool IsBuilder(FieldReference field) => field.Name is "<>t__builder" or "$Builder";

    public static bool IsDisposeMode(FieldReference field) => field.Name == "<>w__disposeMode";

    public static bool IsThis(FieldReference field) => field.Name is "<>4__this" or "$VB$Me";

    /// <summary>What an async iterator tells its elements to.</summary>
    public static bool IsPromise(FieldReference field) => field.Name == "<>v__promiseOfValueOrEnd";

    /// <summary>Whether a field of a state machine holds the parameter. Iterators keep the first value under another name.</summary>
    public static bool IsParameter(FieldReference field, string parameter) => field.Name == parameter || field.Name == "$VB$Local_" + parameter;
}

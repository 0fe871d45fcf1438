using Mono.Cecil;
using Observability.Weaver.Bodies;

namespace Observability.Weaver.Selection;

/// <summary>How a method is called: in patterns, in spans, in reports.</summary>
internal sealed class MethodName
{
    private MethodName(string typePath, string type, string method)
    {
        TypePath = typePath;
        Type = type;
        Method = method;
    }

    /// <summary>Full name for patterns: <c>Contoso.Orders.Cart`1+Line</c>.</summary>
    public string TypePath { get; }

    /// <summary>Name for people: <c>Cart.Line</c>.</summary>
    public string Type { get; }

    public string Method { get; }

    /// <summary>The attribute <c>code.function.name</c>.</summary>
    public string Function { get; private init; } = "";

    public static MethodName Of(MethodDefinition method)
    {
        var type = method.DeclaringType;
        var own = method.Name;
        if (CompilerNames.Origin(method) is { } origin)
        {
            own = origin;
            while (CompilerNames.IsGenerated(type) && type.DeclaringType is not null) type = type.DeclaringType;
        }
        else if (own.LastIndexOf('.') is > 0 and var dot)
        {
            own = own[(dot + 1)..];
        }
        var outermost = type;
        while (outermost.DeclaringType is not null) outermost = outermost.DeclaringType;
        var shown = WithoutArity(type);
        return new MethodName(Path(type), shown, own)
        {
            Function = (outermost.Namespace.Length == 0 ? "" : outermost.Namespace + ".") + shown + "." + own,
        };
    }

    private static string Path(TypeDefinition type)
    {
        var name = CompilerNames.WithoutFile(type.Name);
        if (type.DeclaringType is not null) return Path(type.DeclaringType) + "+" + name;
        return type.Namespace.Length == 0 ? name : type.Namespace + "." + name;
    }

    private static string WithoutArity(TypeDefinition type)
    {
        var name = CompilerNames.WithoutFile(type.Name);
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0) name = name[..tick];
        return type.DeclaringType is null ? name : WithoutArity(type.DeclaringType) + "." + name;
    }
}

using Mono.Cecil;

namespace Observability.Weaver.Selection;

/// <summary>Tells overloads apart: the simple names of a method's parameter types, as C# writes them without type arguments.</summary>
internal static class ParameterList
{
    public static string Of(MethodDefinition method) => string.Join(", ", method.Parameters.Select(parameter => Name(parameter.ParameterType)));

    private static string Name(TypeReference type) => type switch
    {
        ByReferenceType reference => Name(reference.ElementType),
        IModifierType modified => Name(modified.ElementType),
        ArrayType array => Name(array.ElementType) + "[]",
        _ => type.Name.Split('`')[0],
    };
}

using Mono.Cecil;

namespace Observability.Weaver.Selection;

/// <summary>A method that a rule or an attribute picked, and the rule that says what becomes of it.</summary>
internal sealed record SelectedMethod(MethodDefinition Method, MethodName Name, WeaveRule Rule)
{
    /// <summary>Picked by its own attribute, not by a pattern, its type or its assembly: what cannot be woven is then a warning.</summary>
    public bool ByName { get; init; }

    public string SpanName => Rule.Name.Replace("{type}", Name.Type, StringComparison.Ordinal).Replace("{method}", Name.Method, StringComparison.Ordinal);
}

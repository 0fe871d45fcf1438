using System.Diagnostics;
using Mono.Cecil;

namespace Observability.Weaver.Selection;

/// <summary>
/// Reads <c>[Traced]</c> by its full name, whoever declares it, so that no assembly has to be shared between code and weaver.
/// On a type or an assembly it speaks for the public ordinary methods inside.
/// </summary>
internal sealed class TracedAttribute
{
    private const string FullName = "Observability.TracedAttribute";

    private readonly Dictionary<CustomAttribute, WeaveRule> _rules = [];

    /// <summary>Whether anything in a module carries it.</summary>
    public static bool IsUsedIn(ModuleDefinition module) =>
        (module.GetType(FullName) is not null || module.HasTypeReference(FullName))
        && (Find(module.Assembly) is not null || module.GetTypes().Any(type => Find(type) is not null || type.Methods.Any(method => Find(method) is not null) || type.Properties.Any(property => Find(property) is not null)));

    /// <summary>What it asks of a method; null when it does not speak for it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="byName">Whether the method itself carries it, or its property.</param>
    public WeaveRule? Of(MethodDefinition method, WeaveMembers kind, out bool byName)
    {
        byName = true;
        if (Find(method) is { } own) return Rule(own);
        if (Property(method) is { } property && Find(property) is { } onProperty) return Rule(onProperty);
        byName = false;
        if (kind != WeaveMembers.Methods || !method.IsPublic) return null;
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
            if (Find(type) is { } around) return Rule(around, type.FullName);
        return Find(method.Module.Assembly) is { } everywhere ? Rule(everywhere) : null;
    }

    private static CustomAttribute? Find(ICustomAttributeProvider provider)
    {
        if (!provider.HasCustomAttributes) return null;
        foreach (var attribute in provider.CustomAttributes)
            if (attribute.AttributeType.FullName == FullName) return attribute;
        return null;
    }

    private static PropertyDefinition? Property(MethodDefinition accessor) =>
        !accessor.IsGetter && !accessor.IsSetter ? null
        : accessor.DeclaringType.Properties.FirstOrDefault(property => property.GetMethod == accessor || property.SetMethod == accessor);

    /// <summary>The attribute whose arguments cannot be read, because an assembly that declares a type of theirs is missing, picks without telling.</summary>
    public static WeaveRule Unreadable { get; } = new();

    /// <summary>Where a framework has no <see cref="ActivityKind"/> the attribute takes any object as the kind; this one took another.</summary>
    public static WeaveRule OfNoKind { get; } = new();

    /// <summary>One rule for all methods that an attribute speaks for.</summary>
    private WeaveRule Rule(CustomAttribute attribute, string type = "*") => _rules.TryGetValue(attribute, out var known) ? known : _rules[attribute] = Read(attribute, type);

    private static WeaveRule Read(CustomAttribute attribute, string type)
    {
        _ = attribute.HasConstructorArguments;
        if (!attribute.IsResolved) return Unreadable;
        var values = attribute.Properties.ToDictionary(property => property.Name, property => property.Argument.Value);
        var name = attribute.ConstructorArguments.Count > 0 ? attribute.ConstructorArguments[0].Value as string : null;
        if (Kind(values.GetValueOrDefault("Kind")) is not { } kind) return OfNoKind;
        var tags = new Dictionary<string, string>();
        if (values.GetValueOrDefault("Tags") is CustomAttributeArgument[] list)
            foreach (var tag in list) AddTag(tags, tag.Value as string);
        if (values.GetValueOrDefault("Return") is string key) tags[key] = "return";
        return new WeaveRule
        {
            Type = type,
            Name = name ?? "{type}.{method}",
            Kind = kind,
            Metrics = values.GetValueOrDefault("Metrics") is true,
            Source = values.GetValueOrDefault("Source") as string,
            Tags = tags,
        };
    }

    private static ActivityKind? Kind(object? value) => value switch
    {
        null => ActivityKind.Internal,
        int number when Enum.IsDefined((ActivityKind)number) => (ActivityKind)number,
        CustomAttributeArgument boxed => Kind(boxed.Value),
        _ => null,
    };

    private static void AddTag(Dictionary<string, string> tags, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) tags[text.Trim()] = text.Trim();
        else tags[text[..equals].Trim()] = text[(equals + 1)..].Trim();
    }
}

using Mono.Cecil;
using Observability.Weaver.Bodies;
using Observability.Weaver.Rules;
using Observability.Weaver.Runtime;

namespace Observability.Weaver.Selection;

/// <summary>Which methods of a module are woven: attributes speak louder than patterns, later rules louder than earlier ones, exclusions loudest.</summary>
internal sealed class MethodSelector
{
    private readonly string _assembly;
    private readonly List<WeaveRule> _rules;
    private readonly RuleUse _use;
    private readonly TracedAttribute _traced = new();

    public MethodSelector(string assembly, IEnumerable<WeaveRule> rules, RuleUse use)
    {
        _use = use;
        _assembly = assembly;
        _rules = [.. rules.Where(rule => Wildcard.Matches(rule.Assembly, assembly))];
    }

    /// <summary>Rules for this assembly that picked nothing.</summary>
    public IEnumerable<WeaveRule> Unused => _rules.Where(rule => !rule.Exclude && !_use.Picks(rule));

    public IEnumerable<SelectedMethod> Select(ModuleDefinition module) =>
        module.GetTypes()
            .Where(type => !type.Name.StartsWith(WovenRuntime.Mark, StringComparison.Ordinal) && !CompilerNames.IsStateMachine(type))
            .SelectMany(type => type.Methods)
            .Select(Choose)
            .OfType<SelectedMethod>();

    private SelectedMethod? Choose(MethodDefinition method)
    {
        var kind = MemberKind.Of(method);
        if (kind == WeaveMembers.None) return null;
        var name = MethodName.Of(method);
        WeaveRule? chosen = null;
        var isExcluded = false;
        foreach (var rule in _rules)
        {
            if (!rule.Exclude && (rule.Members & kind) == 0) continue;
            if (!Matches(rule, method, name)) continue;
            isExcluded |= rule.Exclude;
            if (rule.Exclude) continue;
            chosen = rule;
            // Also where another rule or an attribute has the last word: what it names is there.
            _use.NotePick(rule);
        }
        if (isExcluded) return null;
        if (_traced.Of(method, kind, out var byName) is { } traced) return new SelectedMethod(method, name, traced) { ByName = byName };
        return chosen is null ? null : new SelectedMethod(method, name, chosen);
    }

    private static bool Matches(WeaveRule rule, MethodDefinition method, MethodName name) =>
        Wildcard.Matches(rule.Type, name.TypePath)
        && Wildcard.Matches(rule.Method, name.Method)
        && (rule.Parameters == "*" || Wildcard.Matches(rule.Parameters, ParameterList.Of(method)))
        && (rule.Visibility == WeaveVisibility.Any || (rule.Visibility == WeaveVisibility.Public) == IsVisible(method))
        && (rule.Attribute is null || CarriesAttribute(method, rule.Attribute));

    private static bool IsVisible(MethodDefinition method)
    {
        if (!method.IsPublic && !method.IsFamily && !method.IsFamilyOrAssembly) return false;
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
            if (!type.IsPublic && !type.IsNestedPublic && !type.IsNestedFamily && !type.IsNestedFamilyOrAssembly) return false;
        return true;
    }

    private static bool CarriesAttribute(MethodDefinition method, string pattern)
    {
        if (Carries(method, pattern)) return true;
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
            if (Carries(type, pattern)) return true;
        return false;
    }

    private static bool Carries(ICustomAttributeProvider provider, string pattern) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(attribute =>
            Wildcard.Matches(pattern, attribute.AttributeType.FullName)
            || Wildcard.Matches(pattern + "Attribute", attribute.AttributeType.FullName)
            || Wildcard.Matches(pattern, attribute.AttributeType.Name)
            || Wildcard.Matches(pattern + "Attribute", attribute.AttributeType.Name));

    public override string ToString() => $"{_rules.Count} rules for {_assembly}";
}

using Observability.Weaver.Rules;

namespace Observability.Weaver;

/// <summary>
/// What rules ask for and get nowhere, in all the assemblies together that they were tried on: most often a name in them is misspelt. One assembly alone tells
/// little, because a rule may be for others.
/// </summary>
public static class RuleCheck
{
    /// <summary>A warning for each rule that picks no method, and for each value that is recorded of none of the methods that its rule picks.</summary>
    /// <param name="rules">The rules. Those of recipes are left out: nobody here has spelt them.</param>
    /// <param name="reports">The reports of all assemblies that were woven with them.</param>
    public static IReadOnlyList<WeaveDiagnostic> Of(IReadOnlyList<WeaveRule> rules, IReadOnlyList<WeaveReport> reports)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(reports);
        return [.. rules.Where(rule => !rule.Exclude && !rule.IsRecipe).SelectMany(rule => Of(rule, [.. reports.Where(report => Wildcard.Matches(rule.Assembly, report.Assembly))]))];
    }

    private static IEnumerable<WeaveDiagnostic> Of(WeaveRule rule, WeaveReport[] reports)
    {
        // What such an assembly holds for the rule is not known.
        if (Array.Exists(reports, report => report.Outcome is WeaveOutcome.AlreadyWoven or WeaveOutcome.Failed)) return [];
        if (!Array.Exists(reports, report => report.Use.Picks(rule)))
        {
            if (reports.Length == 0) return [Unused(rule, "no assembly has such a name; look whether it is misspelt")];
            // A rule for all that there is names nothing that could be misspelt, and what is not for weaving is told as that.
            return IsForEverything(rule) || Array.TrueForAll(reports, report => report.Outcome == WeaveOutcome.Refused) ? []
                : [Unused(rule, "the rule picks no method; look whether a name is misspelt, and whether the rule is for that kind of member")];
        }
        return reports.SelectMany(report => report.Use.Unrecorded)
            .Where(value => value.Rule == rule && !Array.Exists(reports, report => report.Use.Records(rule, value.Path)))
            .DistinctBy(value => value.Path)
            .Select(value => new WeaveDiagnostic("OBS7007", rule.Pattern, $"the value \"{value.Path}\" is recorded of no method that the rule picks ({value.Why}); look whether its name is misspelt", IsWarning: true));
    }

    private static bool IsForEverything(WeaveRule rule) => rule is { Type: "*", Method: "*", Parameters: "*", Attribute: null };

    private static WeaveDiagnostic Unused(WeaveRule rule, string why) => new("OBS7011", rule.Pattern, why, IsWarning: true);
}

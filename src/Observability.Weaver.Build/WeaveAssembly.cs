using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Observability.Weaver.Build;

/// <summary>The MSBuild task that weaves the assembly that the compiler has just written, in place.</summary>
public sealed class WeaveAssembly : Task
{
    /// <summary>The assembly; its .pdb beside it is woven along.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The assemblies that it was compiled against.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Rules as text, separated by semicolons; none by default.</summary>
    public string? Rules { get; set; }

    /// <summary>Items with a rule as text each, in the metadata <c>Rule</c>; none by default.</summary>
    public ITaskItem[] RuleItems { get; set; } = [];

    /// <summary>A JSON file with rules; none by default.</summary>
    public string? RulesFile { get; set; }

    /// <summary>The strong-name key pair that the compiler signed with; none by default.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Weaves. Faults in the rules are errors; what somebody asked for and does not get is a warning: a method that cannot be woven, an assembly that is not for
    /// weaving, a rule that picks nothing.
    /// </summary>
    public override bool Execute()
    {
        var rules = new RuleInputs(Log).Read(RulesFile, Rules ?? "", RuleItems);
        if (Log.HasLoggedErrors) return false;
        try
        {
            var report = new FileWeaver(Options(rules), Path.GetDirectoryName(Assembly)!).Weave(Assembly);
            foreach (var diagnostic in report.Diagnostics) Tell(diagnostic, diagnostic.IsWarning || (report.Outcome == WeaveOutcome.Refused && IsFor(report, rules)));
            foreach (var diagnostic in RuleCheck.Of([.. rules.Where(rule => IsFor(report, [rule]))], [report])) Tell(diagnostic, isWarning: true);
            Log.LogMessage(MessageImportance.Normal, "{0}: {1}, {2} methods woven", report.Assembly, report.Outcome, report.Methods.Count);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.LogError(null, "OBS7008", null, KeyFile, 0, 0, 0, 0, "{0}", fault.Message);
        }
        return !Log.HasLoggedErrors;
    }

    private WeaveOptions Options(IReadOnlyList<WeaveRule> rules) => new()
    {
        Rules = rules,
        References = Array.ConvertAll(References, reference => reference.ItemSpec),
        StrongNameKey = string.IsNullOrEmpty(KeyFile) ? null : File.ReadAllBytes(KeyFile),
    };

    /// <summary>Rules that projects share may name other assemblies.</summary>
    private static bool IsFor(WeaveReport report, IReadOnlyList<WeaveRule> rules) => AssemblyWeaver.Concerns(rules, report.Assembly, []);

    private void Tell(WeaveDiagnostic diagnostic, bool isWarning)
    {
        if (isWarning) Log.LogWarning(null, diagnostic.Id, null, null, 0, 0, 0, 0, "{0}: {1}", diagnostic.Subject, diagnostic.Message);
        else Log.LogMessage(MessageImportance.Low, "{0}", diagnostic);
    }
}

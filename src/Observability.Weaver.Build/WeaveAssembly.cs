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

    /// <summary>A JSON file with rules; none by default.</summary>
    public string? RulesFile { get; set; }

    /// <summary>The strong-name key pair that the compiler signed with; none by default.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Weaves. Faults in the rules are errors; what could not be woven is a warning where somebody asked for it.</summary>
    public override bool Execute()
    {
        try
        {
            var report = new FileWeaver(Options(), Path.GetDirectoryName(Assembly)!).Weave(Assembly);
            foreach (var diagnostic in report.Diagnostics) Tell(diagnostic);
            Log.LogMessage(MessageImportance.Normal, "{0}: {1}, {2} methods woven", report.Assembly, report.Outcome, report.Methods.Count);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            Log.LogError(null, "OBS7012", null, RulesFile, 0, 0, 0, 0, "{0}", fault.Message);
        }
        return !Log.HasLoggedErrors;
    }

    private WeaveOptions Options() => new()
    {
        Rules =
        [
            .. string.IsNullOrEmpty(RulesFile) ? [] : RuleFile.Parse(File.ReadAllText(RulesFile)),
            .. RuleText.Parse(Rules ?? ""),
        ],
        References = Array.ConvertAll(References, reference => reference.ItemSpec),
        StrongNameKey = string.IsNullOrEmpty(KeyFile) ? null : File.ReadAllBytes(KeyFile),
    };

    private void Tell(WeaveDiagnostic diagnostic)
    {
        if (diagnostic.IsWarning) Log.LogWarning(null, diagnostic.Id, null, null, 0, 0, 0, 0, "{0}: {1}", diagnostic.Subject, diagnostic.Message);
        else Log.LogMessage(MessageImportance.Low, "{0}", diagnostic);
    }
}

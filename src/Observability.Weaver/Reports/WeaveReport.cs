using Observability.Weaver.Selection;

namespace Observability.Weaver;

/// <summary>What the weaver did with one assembly.</summary>
public sealed class WeaveReport
{
    private readonly List<WovenMethod> _methods = [];
    private readonly List<WeaveDiagnostic> _diagnostics = [];

    internal WeaveReport(string assembly) => Assembly = assembly;

    /// <summary>Simple name of the assembly, or of its file when it could not be read.</summary>
    public string Assembly { get; internal set; }

    /// <summary>What became of it.</summary>
    public WeaveOutcome Outcome { get; internal set; } = WeaveOutcome.NothingPicked;

    /// <summary>Whether the symbols were written along with it.</summary>
    public bool SymbolsWritten { get; internal set; }

    /// <summary>The woven methods, in the order of the assembly.</summary>
    public IReadOnlyList<WovenMethod> Methods => _methods;

    /// <summary>What was left unwoven, and why.</summary>
    public IReadOnlyList<WeaveDiagnostic> Diagnostics => _diagnostics;

    internal RuleUse Use { get; } = new();

    internal void Add(WovenMethod method) => _methods.Add(method);

    internal void Add(WeaveDiagnostic diagnostic) => _diagnostics.Add(diagnostic);

    internal void Add(IEnumerable<WeaveDiagnostic> diagnostics) => _diagnostics.AddRange(diagnostics);

    internal void Forget() => _methods.Clear();
}

namespace Observability.Tool.Diagnosing;

/// <summary>Everything that was looked at.</summary>
/// <param name="Findings">One for each thing.</param>
internal sealed record Diagnosis(IReadOnlyList<Finding> Findings)
{
    public bool IsInstrumented => Findings.All(finding => finding.IsFine);

    public string Verdict => IsInstrumented ? "instrumented" : "not instrumented";
}

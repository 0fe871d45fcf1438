namespace Observability.Tool.Diagnosing;

/// <summary>Everything that was looked at.</summary>
/// <param name="Findings">One for each thing.</param>
/// <param name="Good">What it comes to when all of them are fine.</param>
internal sealed record Diagnosis(IReadOnlyList<Finding> Findings, string Good = "instrumented")
{
    public bool IsInstrumented => Findings.All(finding => finding.IsFine);

    public string Verdict => IsInstrumented ? Good : "not instrumented";
}

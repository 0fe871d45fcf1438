namespace Observability.Tool.Diagnosing;

/// <summary>Everything that was looked at.</summary>
internal sealed record Diagnosis(IReadOnlyList<Finding> Findings)
{
    public bool IsInstrumented => Findings.All(finding => finding.IsFine);
}

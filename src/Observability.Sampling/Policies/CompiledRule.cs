namespace Observability.Sampling;

/// <summary>A rule, ready to be asked.</summary>
/// <param name="Source">Its name and counter.</param>
/// <param name="Matcher">Its conditions.</param>
/// <param name="Rate">What it keeps, or null when it drops.</param>
internal sealed record CompiledRule(VerdictSource Source, RuleMatcher Matcher, SamplingRate? Rate);

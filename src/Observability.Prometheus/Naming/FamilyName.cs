namespace Observability.Prometheus.Naming;

/// <summary>A family's names after translation and escaping.</summary>
/// <param name="Base">The name in OpenMetrics metadata: without <c>_total</c>.</param>
/// <param name="Sample">The name of a counter's or gauge's sample, and of the family in the text format.</param>
/// <param name="Unit">The unit, when the name ends with it as OpenMetrics demands.</param>
internal readonly record struct FamilyName(string Base, string Sample, string? Unit);

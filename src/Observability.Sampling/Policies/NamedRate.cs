namespace Observability.Sampling;

/// <summary>A rate and whose it is, for the gauge of effective rates; no rate means that all is dropped.</summary>
internal sealed record NamedRate(VerdictSource Source, SamplingRate? Rate);

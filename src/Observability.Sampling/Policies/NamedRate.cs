namespace Observability.Sampling;

/// <summary>A rate and whose it is, for the gauge of effective rates; no rate means that all is dropped.</summary>
internal readonly record struct NamedRate(VerdictSource Source, SamplingRate? Rate);

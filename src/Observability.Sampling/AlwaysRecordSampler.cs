using OpenTelemetry.Trace;

namespace Observability.Sampling;

/// <summary>Lets processors see every span: what the inner sampler drops is recorded but not exported (OpenTelemetry's <c>AlwaysRecord</c>).</summary>
public sealed class AlwaysRecordSampler : Sampler
{
    private readonly Sampler _inner;

    /// <summary>Wraps a sampler.</summary>
    /// <param name="inner">The sampler that decides what is exported.</param>
    /// <exception cref="ArgumentNullException">There is no inner sampler.</exception>
    public AlwaysRecordSampler(Sampler inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        Description = $"AlwaysRecord{{{inner.Description}}}";
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = _inner.ShouldSample(in samplingParameters);
        return result.Decision == SamplingDecision.Drop
            ? new SamplingResult(SamplingDecision.RecordOnly, result.Attributes, result.TraceStateString)
            : result;
    }
}

using OpenTelemetry.Trace;

namespace Observability.Ebpf.Tests.Http;

internal sealed class SwitchedSampler : Sampler
{
    public bool IsOn { get; set; }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(IsOn ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}

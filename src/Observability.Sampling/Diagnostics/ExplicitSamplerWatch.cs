using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Sampling;

/// <summary>
/// Notices that spans are recorded without the policies having been asked: the application's own sampler is in charge.
/// The SDK does not tell which sampler it took.
/// </summary>
internal sealed class ExplicitSamplerWatch(PolicySampler sampler) : BaseProcessor<Activity>
{
    private int _checked;

    public override void OnStart(Activity data)
    {
        if (_checked == 0 && Interlocked.Exchange(ref _checked, 1) == 0 && !sampler.WasAsked) SamplingEventSource.Log.ExplicitSamplerInCharge();
    }

    public override void OnEnd(Activity data)
    {
    }

    /// <summary>The provider disposes the sampler that it took; if that was another, this is the only end that ours has.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing) sampler.Dispose();
        base.Dispose(disposing);
    }
}

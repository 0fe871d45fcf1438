using System.Diagnostics.Metrics;

namespace Observability.AutoInstrumentation.Bridge.EarlyMeasurements;

/// <summary>A measurement that nobody of ours could take yet.</summary>
internal abstract class HeldMeasurement(Instrument instrument)
{
    public Instrument Instrument => instrument;

    /// <summary>Measures it once more.</summary>
    public abstract void Repeat();
}

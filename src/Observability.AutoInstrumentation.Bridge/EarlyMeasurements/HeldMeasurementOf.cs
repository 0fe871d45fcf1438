using System.Diagnostics.Metrics;

namespace Observability.AutoInstrumentation.Bridge.EarlyMeasurements;

/// <inheritdoc/>
internal sealed class HeldMeasurementOf<T>(Instrument instrument, T value, KeyValuePair<string, object?>[] tags) : HeldMeasurement(instrument)
    where T : struct
{
    public override void Repeat()
    {
        switch (Instrument)
        {
            case Counter<T> counter: counter.Add(value, tags); break;
            case UpDownCounter<T> counter: counter.Add(value, tags); break;
            case Histogram<T> histogram: histogram.Record(value, tags); break;
            case Gauge<T> gauge: gauge.Record(value, tags); break;
        }
    }
}

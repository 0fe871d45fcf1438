using System.Diagnostics.Metrics;

namespace Shop.Worker;

internal sealed class PackingMetrics
{
    private readonly UpDownCounter<long> _inHand;
    private readonly Histogram<double> _wait;

    public PackingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Shop.Worker");
        _inHand = meter.CreateUpDownCounter<long>("shop.packing.active", "{order}", "Orders on the packing table.");
        _wait = meter.CreateHistogram("shop.packing.wait", "s", "How long an order waited from its acceptance until it was packed.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        });
    }

    public void Packed(TimeSpan waited) => _wait.Record(waited.TotalSeconds);

    /// <summary>Counts an order as being on the table until it is disposed of.</summary>
    public IDisposable Take()
    {
        _inHand.Add(1);
        return new Hand(_inHand);
    }

    private sealed class Hand(UpDownCounter<long> inHand) : IDisposable
    {
        public void Dispose() => inHand.Add(-1);
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Shop.Web;

internal sealed class CheckoutMetrics
{
    private readonly Counter<long> _checkouts;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;

    public CheckoutMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Shop.Web");
        _checkouts = meter.CreateCounter<long>("shop.checkouts", "{checkout}", "Checkouts that ended, by outcome.");
        _active = meter.CreateUpDownCounter<long>("shop.checkouts.active", "{checkout}", "Checkouts under way.");
        // A measurement taken while a sampled span is current becomes an exemplar: the metric then names a trace.
        _duration = meter.CreateHistogram("shop.checkout.duration", "s", "How long checkouts took.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
        });
    }

    public Measurement Start(string item)
    {
        _active.Add(1);
        return new Measurement(this, item);
    }

    /// <summary>One checkout, from its start to its disposal.</summary>
    internal sealed class Measurement(CheckoutMetrics metrics, string item) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public string Outcome { get; set; } = "failed";

        public void Dispose()
        {
            // Items are few: a label must never come from what a caller may invent.
            var label = item is "tea" or "handmade-teapot" or "gift-card" ? item : "other";
            metrics._active.Add(-1);
            metrics._checkouts.Add(1, new("shop.item", label), new("shop.outcome", Outcome));
            metrics._duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, new KeyValuePair<string, object?>("shop.item", label));
        }
    }
}

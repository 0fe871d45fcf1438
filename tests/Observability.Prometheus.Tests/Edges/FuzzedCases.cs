using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Observability.Prometheus.Tests.Edges;

/// <summary>Programs that do to their metrics whatever the SDK lets them do, each from its seed.</summary>
public static class FuzzedCases
{
    private const int Count = 40;

    public static IReadOnlyList<EdgeCase> All { get; } = [.. Enumerable.Range(1, Count).Select(Of)];

    private static EdgeCase Of(int seed)
    {
        var words = new FuzzedWords(new Random(seed));
        // Drawn here, once: however often the case is exposed, and beside whichever others, it is the same program.
        var (withScope, withCreated) = (words.Chance(2), words.Chance(3));
        var constant = words.Chance(2) ? (words.Key(), words.Text()) : default((string Key, string Text)?);
        var resourceLabels = words.Chance(3);
        var summaries = words.Chance(2);
        var quantiles = words.Chance(2);
        var attributes = words.Chance(2) ? Enumerable.Range(0, 6).Select(_ => new KeyValuePair<string, object>(words.Key(), words.Text())).ToList() : null;
        var strategy = (PrometheusTranslationStrategy)(seed % 4);
        return new EdgeCase("fuzzed program " + seed, exposition => Record(exposition, new FuzzedWords(new Random(seed * 7919))))
        {
            Configure = options =>
            {
                options.TranslationStrategy = strategy;
                options.ScopeLabels = withScope;
                options.CreatedSamples = withCreated;
                if (constant is { } label) options.ConstantLabels[label.Key] = label.Text;
                if (resourceLabels) options.ResourceLabels = ["*"];
                if (summaries) options.Summaries = ["*s*"];
                if (quantiles) options.Quantiles = [1, 0, 0.25, 0.999];
            },
            // Tags that a view leaves out become labels of exemplars.
            Build = builder => builder.AddView(instrument => View(instrument, seed)),
            Resource = attributes is null ? null : resource => resource.AddAttributes(attributes),
        };
    }

    private static MetricStreamConfiguration? View(Instrument instrument, int seed) => ((instrument.Name.Length + seed) % 5) switch
    {
        0 when instrument is Histogram<double> => new Base2ExponentialBucketHistogramConfiguration { MaxScale = seed % 12, MaxSize = 2 + seed },
        1 => new MetricStreamConfiguration { TagKeys = ["le", "a.b", "service"] },
        2 => new MetricStreamConfiguration { CardinalityLimit = 5 },
        _ => null,
    };

    private static void Record(Exposition exposition, FuzzedWords words)
    {
        using var activity = new Activity("fuzz").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.Start();
        for (var meters = words.Next(1, 4); meters > 0; meters--)
        {
            var meter = exposition.NewMeter("." + words.Text(), words.Text(), words.Tags());
            for (var instruments = words.Next(3, 12); instruments > 0; instruments--) Record(meter, words);
        }
        activity.Stop();
    }

    private static void Record(Meter meter, FuzzedWords words)
    {
        var (name, unit, description) = (words.Name(), words.Unit(), words.Text());
        var times = words.Next(1, 12);
        switch (words.Next(0, 6))
        {
            case 0:
                var counter = meter.CreateCounter<long>(name, unit, description);
                for (; times > 0; times--) counter.Add(words.Next(-1, 1_000_000), words.Tags());
                break;
            case 1:
                var sum = meter.CreateCounter<double>(name, unit, description);
                for (; times > 0; times--) sum.Add(words.Number(), words.Tags());
                break;
            case 2:
                var level = meter.CreateUpDownCounter<long>(name, unit, description);
                for (; times > 0; times--) level.Add(words.Next(int.MinValue, int.MaxValue), words.Tags());
                break;
            case 3:
                var gauge = meter.CreateGauge<double>(name, unit, description);
                for (; times > 0; times--) gauge.Record(words.Number(), words.Tags());
                break;
            default:
                var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = words.Bounds() };
                var histogram = meter.CreateHistogram(name, unit, description, null, advice);
                for (; times > 0; times--) histogram.Record(words.Number(), words.Tags());
                break;
        }
    }
}

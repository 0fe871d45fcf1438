using System.Diagnostics.Metrics;
using System.IO.Enumeration;
using Observability.Configuration;
using OpenTelemetry.Metrics;

namespace Observability.Pipelines;

/// <summary>Decides for each instrument that the application has no view of whether it is kept and how its stream is shaped.</summary>
internal sealed class InstrumentViews(MetricsOptions metrics, OtherViews others)
{
    private readonly string[] _excluded = metrics.ExcludedMeterPrefixes.Count == 0 ? ["Experimental.", "Private."] : [.. metrics.ExcludedMeterPrefixes];

    /// <summary>The instrument's stream; null leaves it to the SDK.</summary>
    public MetricStreamConfiguration? For(Instrument instrument)
    {
        if (others.Match(instrument)) return null;
        if (IsDropped(instrument)) return MetricStreamConfiguration.Drop;
        foreach (var view in metrics.Views)
            if (Matches(view.Instrument, instrument.Name) && (view.Meter is null || Matches(view.Meter, instrument.Meter.Name)))
                return view.Drop ? MetricStreamConfiguration.Drop : Shape(instrument, view);
        return IsAsTheSdkHasIt(instrument) ? null : Shape(instrument, null);
    }

    public static bool IsHistogram(Instrument instrument) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Histogram<>);

    private bool IsDropped(Instrument instrument) =>
        (Array.Exists(_excluded, prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && !metrics.Meters.Contains(instrument.Meter.Name))
        || metrics.Drop.Any(pattern => Matches(pattern, instrument.Name))
        || (metrics.Keep.Count > 0 && !metrics.Keep.Any(pattern => Matches(pattern, instrument.Name)));

    private bool IsAsTheSdkHasIt(Instrument instrument) =>
        Limit(instrument) == MetricsOptions.DefaultCardinalityLimit && !(metrics.HistogramAggregation == Names.ExponentialHistogram && IsHistogram(instrument));

    private MetricStreamConfiguration Shape(Instrument instrument, MetricViewOptions? view)
    {
        var stream = Aggregation(instrument, view);
        stream.CardinalityLimit = view?.CardinalityLimit ?? Limit(instrument);
        if (view is null) return stream;
        if (view.Name is not null) stream.Name = view.Name;
        if (view.Description is not null) stream.Description = view.Description;
        if (view.KeepAttributes.Count > 0) stream.TagKeys = [.. view.KeepAttributes];
        if (view.DropAttributes.Count > 0) stream.ExcludedTagKeys = [.. view.DropAttributes];
        return stream;
    }

    /// <summary>Whoever set a limit has set it for all. Where the application's views are not known, a smaller room that nobody asked for could double its streams.</summary>
    private int Limit(Instrument instrument) =>
        metrics.CardinalityLimit == MetricsOptions.DefaultCardinalityLimit && others.AreKnown ? FewSeries.Of(instrument) ?? metrics.CardinalityLimit : metrics.CardinalityLimit;

    private MetricStreamConfiguration Aggregation(Instrument instrument, MetricViewOptions? view)
    {
        if (!IsHistogram(instrument)) return new MetricStreamConfiguration();
        if (view is { Boundaries.Count: > 0 }) return new ExplicitBucketHistogramConfiguration { Boundaries = [.. view.Boundaries] };
        if (metrics.HistogramAggregation == Names.ExponentialHistogram) return new Base2ExponentialBucketHistogramConfiguration();
        return new MetricStreamConfiguration();
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name);
}

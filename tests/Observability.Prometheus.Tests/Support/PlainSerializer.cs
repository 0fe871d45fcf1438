using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Tests;

/// <summary>
/// The oracle: everything is built anew for every scrape, line by line, with strings. Slow, and plain enough to be believed.
/// </summary>
internal sealed class PlainSerializer(PrometheusOptions options, bool openMetrics, NameEscaping escaping = NameEscaping.Underscores)
{
    private readonly SourceMarksTable _marks = new();
    private readonly StringBuilder _text = new();

    public string Serialize(List<Metric> metrics, Resource resource)
    {
        _text.Clear();
        var catalog = new CatalogBuilder(options, resource, _marks).Build(metrics, escaping);
        var labels = new PointLabels(catalog.Namer, new SeriesFilter(options.Keep, options.Drop));
        if (catalog.Target.Length > 0)
        {
            var target = openMetrics ? "target" : "target_info";
            _text.Append($"# HELP {target} Target metadata\n# TYPE {target} {(openMetrics ? "info" : "gauge")}\n");
            Line("target_info", [.. catalog.Target], "1");
        }
        foreach (var family in catalog.Families) Write(family, labels);
        if (openMetrics) _text.Append("# EOF\n");
        return _text.ToString();
    }

    private void Write(Family family, PointLabels labels)
    {
        var points = new List<(SeriesSource Source, MetricPoint Point, List<KeyValuePair<string, string>> Labels)>();
        var known = new SeriesSet();
        foreach (var source in family.Sources)
        {
            if (source.Kind == SeriesKind.ExponentialHistogram) Widen(source);
            foreach (var point in source.Metric.GetMetricPoints())
            {
                if (labels.Of(source, point.Tags, known) is not { } own) continue;
                points.Add((source, point, [.. own, .. source.FixedLabels]));
                if (family.Kind != FamilyKind.Gauge && IsIrregular(source, point)) source.Marks.IsIrregular = true;
            }
        }
        if (points.Count == 0) return;
        var (name, kind) = (family.Name, family.Kind);
        if (openMetrics && family.IsIrregular)
        {
            if (kind == FamilyKind.Counter)
            {
                Head(family, name.Sample, "unknown", null);
                foreach (var item in points) Line(name.Sample, item.Labels, Number(Value(item.Source, item.Point)));
                return;
            }
            Head(family, kind == FamilyKind.Histogram ? name.Base + "_bucket" : name.Base, "unknown", null);
            foreach (var item in points) Steps(item.Source, item.Point, item.Labels, exemplars: false);
            Head(family, name.Base + "_sum", "unknown", null);
            foreach (var item in points) Line(name.Base + "_sum", item.Labels, Number(item.Point.GetHistogramSum()));
            Head(family, name.Base + "_count", "unknown", null);
            foreach (var item in points) Line(name.Base + "_count", item.Labels, item.Point.GetHistogramCount().ToString(CultureInfo.InvariantCulture));
            return;
        }
        Head(family, openMetrics ? name.Base : name.Sample, Type(family), name.Unit);
        foreach (var item in points) Regular(family, item.Source, item.Point, item.Labels);
    }

    private void Regular(Family family, SeriesSource source, MetricPoint point, List<KeyValuePair<string, string>> labels)
    {
        var name = family.Name;
        var isCounter = family.Kind == FamilyKind.Counter && name.Sample != name.Base;
        if (family.Kind is FamilyKind.Counter or FamilyKind.Gauge)
        {
            Line(name.Sample, labels, Number(Value(source, point)), isCounter && openMetrics && options.Exemplars ? CounterExemplar(source, point) : "");
        }
        else
        {
            Steps(source, point, labels, exemplars: openMetrics && options.Exemplars && family.Kind == FamilyKind.Histogram);
            Line(name.Base + "_sum", labels, Number(point.GetHistogramSum()));
            Line(name.Base + "_count", labels, point.GetHistogramCount().ToString(CultureInfo.InvariantCulture));
        }
        if (openMetrics && options.CreatedSamples && family.Kind != FamilyKind.Gauge && (isCounter || family.Kind != FamilyKind.Counter))
            Line(name.Base + "_created", labels, Number(point.StartTime.ToUnixTimeMilliseconds() / 1000.0));
    }

    private string Type(Family family) => family.Kind switch
    {
        FamilyKind.Counter when openMetrics && family.Name.Sample == family.Name.Base => "unknown",
        _ => family.Kind.ToString().ToLowerInvariant(),
    };

    private bool IsIrregular(SeriesSource source, MetricPoint point) => source.Kind switch
    {
        SeriesKind.LongCounter or SeriesKind.DoubleCounter => !(Value(source, point) >= 0),
        SeriesKind.Summary or SeriesKind.ExponentialSummary when Quantile(source, point, (options.Quantiles ?? [0.5]).Min()) < 0 => true,
        SeriesKind.Histogram when Bounds(point).FirstOrDefault() < 0 => true,
        _ => !(point.GetHistogramSum() >= 0),
    };

    /// <summary>Only the estimates of the quantiles that are exposed count; the lowest of them is the least.</summary>
    private static double Quantile(SeriesSource source, MetricPoint point, double quantile) =>
        Observability.Prometheus.Rendering.QuantileEstimator.Estimate(in point, source.Kind == SeriesKind.ExponentialSummary, quantile);

    private static List<double> Bounds(MetricPoint point)
    {
        var bounds = new List<double>();
        foreach (var bucket in point.GetHistogramBuckets()) bounds.Add(bucket.ExplicitBound);
        return bounds;
    }

    private static double Value(SeriesSource source, MetricPoint point) => source.Kind switch
    {
        SeriesKind.LongCounter or SeriesKind.LongUpDownCounter => point.GetSumLong(),
        SeriesKind.DoubleCounter or SeriesKind.DoubleUpDownCounter => point.GetSumDouble(),
        SeriesKind.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private void Steps(SeriesSource source, MetricPoint point, List<KeyValuePair<string, string>> labels, bool exemplars)
    {
        var name = source.Family.Name.Base;
        if (source.Family.Kind == FamilyKind.Summary)
        {
            foreach (var quantile in options.Quantiles ?? [0.5, 0.9, 0.99])
                Line(name, [.. labels, new("quantile", CanonicalNumber.Text(quantile))], Number(Quantile(source, point, quantile)));
            return;
        }
        var below = double.NegativeInfinity;
        foreach (var (bound, count) in source.Kind == SeriesKind.Histogram ? Explicit(point) : Powers(source, point))
        {
            Line(name + "_bucket", [.. labels, new("le", CanonicalNumber.Text(bound))], count.ToString(CultureInfo.InvariantCulture), exemplars ? BucketExemplar(point, below, bound) : "");
            below = bound;
        }
    }

    private static List<(double Bound, long Count)> Explicit(MetricPoint point)
    {
        var steps = new List<(double, long)>();
        var total = 0L;
        foreach (var bucket in point.GetHistogramBuckets()) steps.Add((bucket.ExplicitBound, total += bucket.BucketCount));
        if (steps.Count == 0) steps.Add((double.PositiveInfinity, point.GetHistogramCount()));
        return steps;
    }

    /// <summary>The range is the widest that any point of the metric ever had.</summary>
    private static void Widen(SeriesSource source)
    {
        foreach (var other in source.Metric.GetMetricPoints())
        {
            var data = other.GetExponentialHistogramData();
            var bucket = data.PositiveBuckets.Offset;
            foreach (var count in data.PositiveBuckets)
            {
                var power = (int)Math.Ceiling((bucket++ + 1) * Math.Pow(2, -data.Scale));
                if (count == 0) continue;
                source.Marks.LowestPower = Math.Min(source.Marks.LowestPower, power);
                source.Marks.HighestPower = Math.Max(source.Marks.HighestPower, power);
            }
        }
    }

    private static List<(double Bound, long Count)> Powers(SeriesSource source, MetricPoint point)
    {
        var own = point.GetExponentialHistogramData();
        var steps = new List<(double, long)> { (0, own.ZeroCount) };
        for (var power = source.Marks.LowestPower; power <= source.Marks.HighestPower; power++)
        {
            var total = own.ZeroCount;
            var index = own.PositiveBuckets.Offset;
            foreach (var count in own.PositiveBuckets)
            {
                if ((index++ + 1) * Math.Pow(2, -own.Scale) <= power) total += count;
            }
            steps.Add((Math.ScaleB(1, power), total));
        }
        if (!double.IsPositiveInfinity(steps[^1].Item1)) steps.Add((double.PositiveInfinity, 0));
        steps[^1] = (double.PositiveInfinity, point.GetHistogramCount());
        return steps;
    }

    private static string CounterExemplar(SeriesSource source, MetricPoint point)
    {
        point.TryGetExemplars(out var exemplars);
        var newest = (Text: "", Time: default(DateTimeOffset));
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.Timestamp > newest.Time) newest = (Exemplar(in exemplar, source.Kind == SeriesKind.LongCounter ? exemplar.LongValue : exemplar.DoubleValue), exemplar.Timestamp);
        }
        return newest.Text;
    }

    private static string BucketExemplar(MetricPoint point, double below, double bound)
    {
        point.TryGetExemplars(out var exemplars);
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.DoubleValue > below && exemplar.DoubleValue <= bound) return Exemplar(in exemplar, exemplar.DoubleValue);
        }
        return "";
    }

    private static string Exemplar(in Exemplar exemplar, double value)
    {
        var time = exemplar.Timestamp.ToUnixTimeMilliseconds();
        return $" # {{trace_id=\"{exemplar.TraceId}\",span_id=\"{exemplar.SpanId}\"}} {Number(value)} {time / 1000}.{time % 1000:000}";
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf"
        : Math.Abs(value) < 1e15 && value == Math.Floor(value) && !(value == 0 && double.IsNegative(value)) ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    private void Head(Family family, string name, string type, string? unit)
    {
        var exposed = Name(name);
        var help = family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        if (openMetrics) help = help.Replace("\"", "\\\"", StringComparison.Ordinal);
        if (help.Length > 0) _text.Append($"# HELP {exposed} {help}\n");
        _text.Append($"# TYPE {exposed} {type}\n");
        if (openMetrics && unit is not null) _text.Append($"# UNIT {exposed} {unit}\n");
    }

    private void Line(string name, List<KeyValuePair<string, string>> labels, string value, string exemplar = "")
    {
        var parts = labels.Select(label => $"{LabelName(label.Key)}=\"{Escaped(label.Value)}\"").ToList();
        if (NameEscaper.IsLegacyMetric(name)) _text.Append(name);
        else parts.Insert(0, Name(name));
        if (parts.Count > 0) _text.Append('{').AppendJoin(',', parts).Append('}');
        _text.Append(' ').Append(value).Append(exemplar).Append('\n');
    }

    private static string Name(string name) => NameEscaper.IsLegacyMetric(name) ? name : $"\"{Escaped(name)}\"";

    private static string LabelName(string name) => NameEscaper.IsLegacyLabel(name) ? name : $"\"{Escaped(name)}\"";

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

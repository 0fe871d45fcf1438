using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Catalog;

/// <summary>Groups the SDK's metrics into families with names that do not clash.</summary>
internal sealed class CatalogBuilder(PrometheusOptions options, Resource resource, SourceMarksTable marks)
{
    public MetricCatalog Build(IReadOnlyList<Metric> metrics, NameEscaping escaping)
    {
        var namer = new FamilyNamer(options.TranslationStrategy, escaping);
        var labels = new FixedLabels(options, resource, namer);
        var wanted = metrics
            .Select(metric => (Metric: metric, Kind: Kind(metric)))
            .Select(item => (item.Metric, item.Kind, Family: FamilyOf(item.Kind), Name: Name(namer, item.Metric, item.Kind)))
            .GroupBy(item => (item.Family, item.Name.Base, item.Name.Sample))
            .OrderBy(group => group.Key.Family).ThenBy(group => group.Key.Base, StringComparer.Ordinal).ThenBy(group => group.Key.Sample, StringComparer.Ordinal);

        var claims = new NameClaims();
        var families = new List<Family>();
        foreach (var group in wanted)
        {
            var first = group.OrderBy(item => item.Metric.MeterName, StringComparer.Ordinal).First();
            var help = group.Select(item => item.Metric.Description).FirstOrDefault(text => !string.IsNullOrEmpty(text));
            // Without a description the name that the code uses helps most: it is what one searches for.
            help ??= first.Metric.Name;
            var family = new Family(claims.Claim(first.Name, group.Key.Family), group.Key.Family, help);
            foreach (var item in group)
                family.Sources.Add(new SeriesSource(item.Metric, item.Kind, family, labels.Of(item.Metric), marks.Of(item.Metric)));
            families.Add(family);
        }
        families.Sort((left, right) => string.CompareOrdinal(left.Name.Base, right.Name.Base));
        return new MetricCatalog(namer, [.. families], options.TargetInfo ? labels.Target : []);
    }

    private static FamilyName Name(FamilyNamer namer, Metric metric, SeriesKind kind) =>
        namer.Name(metric.Name, metric.Unit, kind is SeriesKind.LongCounter or SeriesKind.DoubleCounter);

    private static FamilyKind FamilyOf(SeriesKind kind) => kind switch
    {
        SeriesKind.LongCounter or SeriesKind.DoubleCounter => FamilyKind.Counter,
        SeriesKind.Histogram or SeriesKind.ExponentialHistogram => FamilyKind.Histogram,
        SeriesKind.Summary or SeriesKind.ExponentialSummary => FamilyKind.Summary,
        _ => FamilyKind.Gauge,
    };

    private SeriesKind Kind(Metric metric)
    {
        switch (metric.MetricType)
        {
            case MetricType.LongSum: return SeriesKind.LongCounter;
            case MetricType.DoubleSum: return SeriesKind.DoubleCounter;
            case MetricType.LongSumNonMonotonic: return SeriesKind.LongUpDownCounter;
            case MetricType.DoubleSumNonMonotonic: return SeriesKind.DoubleUpDownCounter;
            case MetricType.LongGauge: return SeriesKind.LongGauge;
            case MetricType.DoubleGauge: return SeriesKind.DoubleGauge;
        }
        var isExponential = metric.MetricType == MetricType.ExponentialHistogram;
        if (Array.Exists(options.Summaries, pattern => Wildcard.Matches(pattern, metric.Name)))
            return isExponential ? SeriesKind.ExponentialSummary : SeriesKind.Summary;
        return isExponential ? SeriesKind.ExponentialHistogram : SeriesKind.Histogram;
    }
}

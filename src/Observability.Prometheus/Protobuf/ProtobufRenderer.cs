using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Protobuf;

/// <summary>Writes delimited <c>io.prometheus.client.MetricFamily</c> messages.</summary>
internal sealed class ProtobufRenderer(bool withExemplars, bool withCreated)
{
    private readonly MessageBuffer _all = new();
    private readonly MessageBuffer _family = new();
    private readonly MessageBuffer _metric = new();
    private readonly MessageBuffer _value = new();
    private readonly MessageBuffer _time = new();
    private readonly DistributionMessages _distributions = new(withExemplars);

    public unsafe void Render(TextLayout layout, string[]? names, ScrapeBody body)
    {
        _all.Clear();
        if (layout.Catalog.Target.Length > 0 && (names is null || NameFilter.Includes(names, "target_info"))) Target(layout.Catalog.Target);
        foreach (var family in layout.Families)
        {
            if (!family.IsEmpty && (names is null || NameFilter.Includes(names, family.Family))) Family(family);
        }
        body.Grow(0, _all.Length);
        _all.Span.CopyTo(new Span<byte>(body.Start, body.Capacity));
        body.Finish(_all.Length);
    }

    private void Target(KeyValuePair<string, string>[] labels)
    {
        Head("target_info", "Target metadata", null, type: 1);
        _metric.Clear();
        foreach (var (name, value) in labels)
        {
            ProtobufLabelEncoder.Pair(_value, name, value);
            _metric.Bytes(1, _value.Span);
        }
        _value.Clear();
        _value.Double(1, 1);
        _metric.Bytes(2, _value.Span);
        _family.Bytes(4, _metric.Span);
        End();
    }

    private void Family(FamilyLayout layout)
    {
        var family = layout.Family;
        var type = family.Kind switch { FamilyKind.Counter => 0, FamilyKind.Gauge => 1, FamilyKind.Summary => 2, _ => 4 };
        Head(family.Name.Sample, family.Help, family.Name.Unit, type);
        foreach (var source in layout.Sources)
        {
            var snapshot = source.Snapshot();
            var index = 0;
            foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
            {
                var number = index++;
                if (snapshot.IsHidden(number)) continue;
                _metric.Clear();
                _metric.Raw(snapshot.Label(number));
                Point(source, in point);
                _family.Bytes(4, _metric.Span);
            }
        }
        End();
    }

    private void Point(SourceLayout source, in MetricPoint point)
    {
        _value.Clear();
        var kind = source.Source.Kind;
        if (source.Source.Family.Kind is FamilyKind.Histogram or FamilyKind.Summary)
        {
            var isSummary = source.Source.Family.Kind == FamilyKind.Summary;
            _distributions.Write(_value, source, in point);
            if (withCreated) Created(isSummary ? 4 : 15, in point);
            _metric.Bytes(isSummary ? 4 : 7, _value.Span);
            return;
        }
        _value.Double(1, kind switch
        {
            SeriesKind.LongCounter or SeriesKind.LongUpDownCounter => point.GetSumLong(),
            SeriesKind.DoubleCounter or SeriesKind.DoubleUpDownCounter => point.GetSumDouble(),
            SeriesKind.LongGauge => point.GetGaugeLastValueLong(),
            _ => point.GetGaugeLastValueDouble(),
        });
        var isCounter = source.Source.Family.Kind == FamilyKind.Counter;
        if (isCounter && withExemplars) _distributions.LatestExemplar(_value, 2, in point, kind == SeriesKind.LongCounter);
        if (isCounter && withCreated) Created(3, in point);
        _metric.Bytes(isCounter ? 3 : 2, _value.Span);
    }

    private void Created(int field, in MetricPoint point)
    {
        ExemplarMessage.Timestamp(_time, point.StartTime);
        _value.Bytes(field, _time.Span);
    }

    private void Head(string name, string help, string? unit, int type)
    {
        _family.Clear();
        _family.Text(1, name);
        if (help.Length > 0) _family.Text(2, help);
        _family.Unsigned(3, (ulong)type);
        if (unit is not null) _family.Text(5, unit);
    }

    private void End()
    {
        _all.Varint((ulong)_family.Length);
        _all.Raw(_family.Span);
    }
}

using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Protobuf;

/// <summary>Writes a point's labels as the repeated field <c>Metric.label</c>.</summary>
internal sealed class ProtobufLabelEncoder : LabelEncoder
{
    private const int MetricLabel = 1;
    private readonly MessageBuffer _labels = new();
    private readonly MessageBuffer _pair = new();

    public override ReadOnlySpan<byte> Encode(List<KeyValuePair<string, string>>? labels, SeriesSource source)
    {
        if (labels is null) return HiddenText;
        _labels.Clear();
        foreach (var (name, value) in labels) Add(name, value);
        foreach (var (name, value) in source.FixedLabels) Add(name, value);
        return _labels.Span;
    }

    public static void Pair(MessageBuffer pair, string name, string value)
    {
        pair.Clear();
        pair.Text(1, name);
        pair.Text(2, value);
    }

    private void Add(string name, string value)
    {
        Pair(_pair, name, value);
        _labels.Bytes(MetricLabel, _pair.Span);
    }
}

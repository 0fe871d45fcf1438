using OpenTelemetry.Metrics;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Protobuf;

/// <summary>The message <c>Exemplar</c>.</summary>
internal sealed class ExemplarMessage
{
    private const int MaximumCharacters = 128;
    private readonly MessageBuffer _message = new();
    private readonly MessageBuffer _inner = new();

    public ReadOnlySpan<byte> Write(in Exemplar exemplar, double value)
    {
        _message.Clear();
        var characters = 0;
        if (exemplar.TraceId != default) Label("trace_id", exemplar.TraceId.ToHexString(), ref characters);
        if (exemplar.SpanId != default) Label("span_id", exemplar.SpanId.ToHexString(), ref characters);
        foreach (var tag in exemplar.FilteredTags)
        {
            var name = NameEscaper.Label(tag.Key ?? "", NameEscaping.Underscores);
            if (name is not ("trace_id" or "span_id")) Label(name, LabelValue.Text(tag.Value), ref characters);
        }
        _message.Double(2, value);
        Timestamp(_inner, exemplar.Timestamp);
        _message.Bytes(3, _inner.Span);
        return _message.Span;
    }

    /// <summary>The message <c>google.protobuf.Timestamp</c>.</summary>
    public static void Timestamp(MessageBuffer message, DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        message.Clear();
        message.Unsigned(1, (ulong)(ticks / TimeSpan.TicksPerSecond));
        message.Unsigned(2, (ulong)(ticks % TimeSpan.TicksPerSecond * 100));
    }

    private void Label(string name, string value, ref int characters)
    {
        if (value.Length == 0 || characters + name.Length + value.Length > MaximumCharacters) return;
        characters += name.Length + value.Length;
        ProtobufLabelEncoder.Pair(_inner, name, value);
        _message.Bytes(1, _inner.Span);
    }
}

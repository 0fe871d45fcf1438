namespace Observability;

/// <summary>
/// How much one span may carry, as the OpenTelemetry specification's limits; what is too much is counted. Attributes and their
/// values are cut before any exporter. An ended span cannot lose events or links again: the OTLP exporter cuts those by the
/// variables named below, not by what code or configuration says here; Zipkin leaves out excess events.
/// </summary>
public sealed class AttributeLimitOptions
{
    /// <summary>Characters of one string value. <c>OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT</c>, <c>OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT</c>; default: no limit; 0 or more.</summary>
    public int? ValueLength { get; set; }

    /// <summary>Attributes of one span. <c>OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT</c>, <c>OTEL_ATTRIBUTE_COUNT_LIMIT</c>; default 128; 0 or more.</summary>
    public int SpanAttributes { get; set; } = 128;

    /// <summary>Events of one span. <c>OTEL_SPAN_EVENT_COUNT_LIMIT</c>; default 128; 0 or more.</summary>
    public int SpanEvents { get; set; } = 128;

    /// <summary>Links of one span. <c>OTEL_SPAN_LINK_COUNT_LIMIT</c>; default 128; 0 or more.</summary>
    public int SpanLinks { get; set; } = 128;

    /// <summary>Attributes of one event. <c>OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT</c>; default 128; 0 or more.</summary>
    public int EventAttributes { get; set; } = 128;

    /// <summary>Attributes of one link. <c>OTEL_LINK_ATTRIBUTE_COUNT_LIMIT</c>; default 128; 0 or more.</summary>
    public int LinkAttributes { get; set; } = 128;
}

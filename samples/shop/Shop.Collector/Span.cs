namespace Shop.Collector;

/// <summary>What is shown of a span; times in nanoseconds since 1970.</summary>
internal sealed record Span(
    string TraceId,
    string SpanId,
    string ParentId,
    string Service,
    string Name,
    string Kind,
    ulong Start,
    ulong End,
    bool IsError,
    string StatusMessage,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<SpanEvent> Events)
{
    public double Milliseconds => (End - Start) / 1e6;
}

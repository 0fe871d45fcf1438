namespace OtlpReceiver;

/// <summary>A span as it came over the wire; ids are lower-case hexadecimal, a root's parent is the empty string.</summary>
public sealed record ReceivedSpan(
    string TraceId,
    string SpanId,
    string ParentSpanId,
    string TraceState,
    uint Flags,
    string Name,
    string Kind,
    ulong StartUnixNano,
    ulong EndUnixNano,
    string Status,
    string StatusMessage,
    IReadOnlyDictionary<string, object?> Attributes,
    uint DroppedAttributes,
    IReadOnlyList<ReceivedEvent> Events,
    IReadOnlyList<ReceivedLink> Links,
    ReceivedOrigin Origin)
{
    public TimeSpan Duration => TimeSpan.FromTicks((long)(EndUnixNano - StartUnixNano) / 100);

    public object? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public override string ToString() => $"{Origin.Service}: {Kind} '{Name}' {TraceId}/{SpanId} under '{ParentSpanId}'";
}

namespace OtlpReceiver;

/// <summary>A log record; the ids are empty when no span was current.</summary>
public sealed record ReceivedLog(
    ulong UnixNano,
    int Severity,
    string SeverityText,
    string? Body,
    string EventName,
    string TraceId,
    string SpanId,
    IReadOnlyDictionary<string, object?> Attributes,
    ReceivedOrigin Origin)
{
    public object? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}

using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OtlpReceiver;

internal static class SpanMapping
{
    public static IReadOnlyList<ReceivedSpan> Map(ExportTraceServiceRequest request) =>
    [
        .. from resource in request.ResourceSpans
           from scope in resource.ScopeSpans
           let origin = Values.Origin(resource.Resource, scope.Scope)
           from span in scope.Spans
           select Map(span, origin),
    ];

    private static ReceivedSpan Map(Span span, ReceivedOrigin origin) => new(
        Values.Hex(span.TraceId),
        Values.Hex(span.SpanId),
        Values.Hex(span.ParentSpanId),
        span.TraceState,
        span.Flags,
        span.Name,
        span.Kind.ToString(),
        span.StartTimeUnixNano,
        span.EndTimeUnixNano,
        (span.Status?.Code ?? Status.Types.StatusCode.Unset).ToString(),
        span.Status?.Message ?? "",
        Values.Attributes(span.Attributes),
        span.DroppedAttributesCount,
        [.. span.Events.Select(happened => new ReceivedEvent(happened.Name, happened.TimeUnixNano, Values.Attributes(happened.Attributes)))],
        [.. span.Links.Select(link => new ReceivedLink(Values.Hex(link.TraceId), Values.Hex(link.SpanId), Values.Attributes(link.Attributes)))],
        origin);
}

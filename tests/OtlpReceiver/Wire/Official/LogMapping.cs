using OpenTelemetry.Proto.Collector.Logs.V1;

namespace OtlpReceiver;

internal static class LogMapping
{
    public static IReadOnlyList<ReceivedLog> Map(ExportLogsServiceRequest request) =>
    [
        .. from resource in request.ResourceLogs
           from scope in resource.ScopeLogs
           let origin = Values.Origin(resource.Resource, scope.Scope)
           from log in scope.LogRecords
           select new ReceivedLog(
               log.TimeUnixNano,
               (int)log.SeverityNumber,
               log.SeverityText,
               Values.Value(log.Body) as string,
               log.EventName,
               Values.Hex(log.TraceId),
               Values.Hex(log.SpanId),
               Values.Attributes(log.Attributes),
               origin),
    ];
}

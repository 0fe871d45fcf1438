using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The OpenTelemetry log data model: timestamp, severity_text, severity_number, body, ids, resource, scope, attributes.</summary>
internal sealed class OpenTelemetryFormat(JsonLinesOptions options)
    : LineFormat(new LineOpening("timestamp", "severity_text", s_levels, "body", s_numbers))
{
    private static readonly Piece s_event = new(",\"event.id\":"u8.ToArray());
    private static readonly string[] s_levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NONE"];
    private static readonly string[] s_numbers = Enumerable.Range(0, s_levels.Length).Select(level => $",\"severity_number\":{(level * 4) + 1}").ToArray();
    private readonly SpanFields _span = new(
        [(byte)'"'], ",\"trace_id\":\"", "\",\"span_id\":\"", options.EmptyIdsWithoutSpan, recorded: "\",\"trace_flags\":\"01\"", unrecorded: "\",\"trace_flags\":\"00\"");
    private readonly byte[] _resource = Resource(options);

    public override void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity)
    {
        category.Write(line, context, activity);
        OpenObject.Begin(line);
        Event(line, s_event, id);
    }

    public override void Error(Line line, Exception exception) => FlatError.Write(line, exception, ",\"exception.type\":\""u8, ",\"exception.message\":\""u8, ",\"exception.stacktrace\":\""u8);

    public override void Close(Line line)
    {
        OpenObject.End(line);
        base.Close(line);
    }

    public override CategoryText Category(string category) =>
        _span.With([.. _resource, .. ",\"scope\":{\"name\":\""u8, .. JsonText.Encode(category, MostConstantBytes), .. "\"},\"attributes\":"u8]);

    public override string AttributeName(string name) => name is "event.id" or "exception.type" or "exception.message" or "exception.stacktrace" ? "attr." + name : name;

    private static byte[] Resource(JsonLinesOptions options)
    {
        byte[] items = [.. Constant("service.name", options.Service), .. Constant("service.version", options.ServiceVersion), .. Constant("deployment.environment.name", options.Environment)];
        return [.. ",\"resource\":{"u8, .. items.AsSpan(Math.Min(1, items.Length)), (byte)'}'];
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The OpenTelemetry log data model: timestamp, severity_text, severity_number, body, ids, resource, scope, attributes.</summary>
internal sealed class OpenTelemetryFormat(JsonLinesOptions options) : LineFormat
{
    private readonly byte[][] _levels = Levels();
    private readonly byte[] _resource = Resource(options);
    private readonly byte[] _noIds = options.EmptyIdsWithoutSpan ? [.. ",\"trace_id\":\"\",\"span_id\":\"\""u8] : [];

    public override void Open(Line line, long utcTicks, LogLevel level, byte[] category)
    {
        line.Raw("{\"timestamp\":\""u8);
        line.Timestamp.Write(line, utcTicks);
        line.Raw(_levels[(int)level]);
    }

    public override void Context(Line line, LogLevel level, byte[] category, EventId id, Activity? activity)
    {
        line.Byte((byte)'"');
        if (activity is null) line.Raw(_noIds);
        else
        {
            line.Raw(",\"trace_id\":\""u8);
            TraceContext.Trace(line, activity);
            line.Raw("\",\"span_id\":\""u8);
            TraceContext.Span(line, activity);
            line.Raw("\",\"trace_flags\":\""u8);
            line.Raw(TraceContext.Flags(activity));
            line.Byte((byte)'"');
        }
        line.Raw(_resource);
        line.Raw(category);
        line.Raw(",\"attributes\":"u8);
        OpenObject.Begin(line);
        if (id.Id == 0) return;
        line.Raw(",\"event.id\":"u8);
        NumberText.Write(line, id.Id);
    }

    public override void Error(Line line, Exception exception) => FlatError.Write(line, exception, ",\"exception.type\":\""u8, ",\"exception.message\":\""u8, ",\"exception.stacktrace\":\""u8);

    public override void Close(Line line)
    {
        OpenObject.End(line);
        base.Close(line);
    }

    public override byte[] Category(string category) => [.. ",\"scope\":{\"name\":\""u8, .. JsonText.Encode(category, MostConstantBytes), .. "\"}"u8];

    public override string AttributeName(string name) => name is "event.id" or "exception.type" or "exception.message" or "exception.stacktrace" ? "attr." + name : name;

    private static byte[][] Levels()
    {
        string[] names = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NONE"];
        return ForLevels("\",\"severity_text\":\"", names.Select((name, i) => $"{name}\",\"severity_number\":{(i * 4) + 1}").ToArray(), ",\"body\":\"");
    }

    private static byte[] Resource(JsonLinesOptions options)
    {
        byte[] items = [.. Constant("service.name", options.Service), .. Constant("service.version", options.ServiceVersion), .. Constant("deployment.environment.name", options.Environment)];
        return [.. ",\"resource\":{"u8, .. items.AsSpan(Math.Min(1, items.Length)), (byte)'}'];
    }
}

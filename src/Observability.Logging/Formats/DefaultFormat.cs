using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>timestamp, level, message, service, trace_id, span_id, then trace_flags, category, event_id, attributes flat, exception.</summary>
internal sealed class DefaultFormat(JsonLinesOptions options) : LineFormat
{
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "timestamp", "level", "message", "service", "trace_id", "span_id", "trace_flags", "category", "event_id", "exception", "truncated",
    };

    private readonly byte[][] _levels = ForLevels("\",\"level\":\"", ["trace", "debug", "info", "warn", "error", "fatal", "none"], "\",\"message\":\"");
    private readonly byte[] _service = [(byte)'"', .. Constant("service", options.Service)];
    private readonly byte[] _noIds = options.EmptyIdsWithoutSpan ? [.. ",\"trace_id\":\"\",\"span_id\":\"\""u8] : [];

    public override void Open(Line line, long utcTicks, LogLevel level, byte[] category)
    {
        line.Raw("{\"timestamp\":\""u8);
        line.Timestamp.Write(line, utcTicks);
        line.Raw(_levels[(int)level]);
    }

    public override void Context(Line line, LogLevel level, byte[] category, EventId id, Activity? activity)
    {
        line.Raw(_service);
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
        line.Raw(category);
        if (id.Id == 0) return;
        line.Raw(",\"event_id\":"u8);
        NumberText.Write(line, id.Id);
    }

    public override void Error(Line line, Exception exception)
    {
        line.Raw(",\"exception\":"u8);
        ExceptionObject.Write(line, exception);
    }

    public override byte[] Category(string category) => Constant("category", category);

    public override string AttributeName(string name) => s_reserved.Contains(name) ? "attr." + name : name;
}

using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Datadog's reserved attributes, then its standard ones: timestamp, status, message, service, ids, dd.env, dd.version, logger.name, error.*.</summary>
internal sealed class DatadogFormat(JsonLinesOptions options) : LineFormat
{
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "timestamp", "status", "message", "service", "trace_id", "span_id", "dd.env", "dd.version", "logger.name", "event_id", "error.kind", "error.message", "error.stack",
        "host", "source", "ddsource", "ddtags", "level", "severity", "date", "truncated",
    };

    private readonly byte[][] _levels = ForLevels("\",\"status\":\"", ["trace", "debug", "info", "warn", "error", "critical", "none"], "\",\"message\":\"");
    private readonly byte[] _service = [(byte)'"', .. Constant("service", options.Service)];
    private readonly byte[] _deployment = [.. Constant("dd.env", options.Environment), .. Constant("dd.version", options.ServiceVersion)];
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
            line.Byte((byte)'"');
        }
        line.Raw(_deployment);
        line.Raw(category);
        if (id.Id == 0) return;
        line.Raw(",\"event_id\":"u8);
        NumberText.Write(line, id.Id);
    }

    public override void Error(Line line, Exception exception) => FlatError.Write(line, exception, ",\"error.kind\":\""u8, ",\"error.message\":\""u8, ",\"error.stack\":\""u8);

    public override byte[] Category(string category) => Constant("logger.name", category);

    public override string AttributeName(string name) => s_reserved.Contains(name) ? "attr." + name : name;
}

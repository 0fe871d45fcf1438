using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Datadog's reserved attributes, then its standard ones: timestamp, status, message, service, ids, dd.env, dd.version, logger.name, error.*.</summary>
internal sealed class DatadogFormat(JsonLinesOptions options)
    : LineFormat(new LineOpening("timestamp", "status", ["trace", "debug", "info", "warn", "error", "critical", "none"], "message"))
{
    private static readonly Piece s_event = new(",\"event_id\":"u8.ToArray());
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "timestamp", "status", "message", "service", "trace_id", "span_id", "dd.env", "dd.version", "logger.name", "event_id", "error.kind", "error.message", "error.stack",
        "host", "source", "ddsource", "ddtags", "level", "severity", "date", "truncated",
    };

    private readonly SpanFields _span = new(
        [(byte)'"', .. Constant("service", options.Service)], ",\"trace_id\":\"", "\",\"span_id\":\"", options.EmptyIdsWithoutSpan);
    private readonly byte[] _version = [.. Constant("dd.env", options.Environment), .. Constant("dd.version", options.ServiceVersion)];

    public override void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity)
    {
        category.Write(line, context, activity);
        Event(line, s_event, id);
    }

    public override void Error(Line line, Exception exception) => FlatError.Write(line, exception, ",\"error.kind\":\""u8, ",\"error.message\":\""u8, ",\"error.stack\":\""u8);

    public override CategoryText Category(string category) => _span.With([.. _version, .. Constant("logger.name", category)]);

    public override string AttributeName(string name) => s_reserved.Contains(name) ? "attr." + name : name;
}

using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>timestamp, level, message, service, trace_id, span_id, then trace_flags, category, event_id, attributes flat, exception.</summary>
internal sealed class DefaultFormat(JsonLinesOptions options)
    : LineFormat(new LineOpening("timestamp", "level", ["trace", "debug", "info", "warn", "error", "fatal", "none"], "message"))
{
    private static readonly Piece s_event = new(",\"event_id\":"u8.ToArray());
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "timestamp", "level", "message", "service", "trace_id", "span_id", "trace_flags", "category", "event_id", "exception", "truncated",
    };

    private readonly SpanFields _span = new(
        [(byte)'"', .. Constant("service", options.Service)], ",\"trace_id\":\"", "\",\"span_id\":\"", options.EmptyIdsWithoutSpan,
        recorded: "\",\"trace_flags\":\"01\"", unrecorded: "\",\"trace_flags\":\"00\"");

    public override void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity)
    {
        category.Write(line, context, activity);
        Event(line, s_event, id);
    }

    public override void Error(Line line, Exception exception)
    {
        line.Raw(",\"exception\":"u8);
        ExceptionObject.Write(line, exception);
    }

    public override CategoryText Category(string category) => _span.With(Constant("category", category));

    public override string AttributeName(string name) => s_reserved.Contains(name) ? "attr." + name : name;
}

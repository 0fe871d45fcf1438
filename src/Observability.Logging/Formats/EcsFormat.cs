using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Elastic Common Schema 8 in the order that ecs-logging asks for; attributes become <c>labels.*</c>, which hold scalars only.</summary>
internal sealed class EcsFormat(JsonLinesOptions options)
    : LineFormat(new LineOpening("@timestamp", "log.level", ["trace", "debug", "info", "warn", "error", "fatal", "none"], "message"))
{
    private static readonly Piece s_event = new(",\"event.code\":\""u8.ToArray());

    private readonly SpanFields _span = new(
        [
            .. "\",\"ecs.version\":\"8.11.0\""u8, .. Constant("service.name", options.Service), .. Constant("service.version", options.ServiceVersion),
            .. Constant("service.environment", options.Environment), .. Constant("event.dataset", options.Service),
        ],
        ",\"trace.id\":\"", "\",\"span.id\":\"", options.EmptyIdsWithoutSpan);

    public override void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity)
    {
        category.Write(line, context, activity);
        if (id.Id == 0) return;
        Event(line, s_event, id);
        line.Byte((byte)'"');
    }

    public override void Error(Line line, Exception exception) => FlatError.Write(line, exception, ",\"error.type\":\""u8, ",\"error.message\":\""u8, ",\"error.stack_trace\":\""u8);

    public override void Close(Line line) => line.Raw(line.Truncated ? ",\"labels.truncated\":true}\n"u8 : "}\n"u8);

    public override CategoryText Category(string category) => _span.With(Constant("log.logger", category));

    /// <summary>ECS asks for underscores in label names, for a dot would make an object of the label. Elasticsearch refuses a label without a name.</summary>
    public override string AttributeName(string name) =>
        name == "truncated" ? "labels.attr_truncated" : string.IsNullOrWhiteSpace(name) ? "labels.unnamed" : "labels." + name.Replace('.', '_');

    public override void EndNested(Line line, int start) => NestedText.Quote(line, start);
}

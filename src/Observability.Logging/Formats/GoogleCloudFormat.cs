using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Structured logging of Google Cloud: time, severity, message, the special <c>logging.googleapis.com/</c> fields, attributes flat, stack_trace.</summary>
internal sealed class GoogleCloudFormat(JsonLinesOptions options)
    : LineFormat(new LineOpening("time", "severity", ["DEBUG", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "DEFAULT"], "message"))
{
    private static readonly Piece s_event = new(",\"event_id\":\""u8.ToArray());

    private readonly SpanFields _span = new(
        [
            .. "\",\"serviceContext\":{\"service\":\""u8, .. JsonText.Encode(options.Service ?? "", MostConstantBytes), (byte)'"',
            .. Constant("version", options.ServiceVersion), (byte)'}', .. Constant("environment", options.Environment),
        ],
        ",\"logging.googleapis.com/trace\":\"" + Encoding.UTF8.GetString(JsonText.Encode(string.IsNullOrEmpty(options.GoogleCloudProject) ? "" : $"projects/{options.GoogleCloudProject}/traces/", MostConstantBytes)),
        "\",\"logging.googleapis.com/spanId\":\"",
        emptyWithoutSpan: false,
        recorded: "\",\"logging.googleapis.com/trace_sampled\":true",
        unrecorded: "\",\"logging.googleapis.com/trace_sampled\":false");

    public override void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity)
    {
        category.Write(line, context, activity);
        if (id.Id != 0)
        {
            Event(line, s_event, id);
            line.Byte((byte)'"');
        }
        line.Byte((byte)'}');
    }

    public override void Error(Line line, Exception exception)
    {
        line.Raw(",\"stack_trace\":\""u8);
        ExceptionChain.Write(line, exception);
        line.Byte((byte)'"');
    }

    public override CategoryText Category(string category) =>
        _span.With([.. ",\"logging.googleapis.com/labels\":{\"category\":\""u8, .. JsonText.Encode(category, MostConstantBytes), (byte)'"']);

    public override string AttributeName(string name) =>
        name is "time" or "timestamp" or "timestampSeconds" or "timestampNanos" or "severity" or "message" or "serviceContext" or "environment" or "stack_trace" or "truncated" or "httpRequest"
            || name.StartsWith("logging.googleapis.com/", StringComparison.Ordinal) ? "attr." + name : name;
}

using Microsoft.Extensions.Logging;
using Observability.Ebpf.Agent.Events;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Observability.Ebpf.Agent.Export;

/// <summary>
/// Sends records as OpenTelemetry log events with their trace and span. Where to is said by <c>OTEL_EXPORTER_OTLP_*</c>, as everywhere. The SDK's queue is bounded and drops what does not fit.
/// <see href="https://opentelemetry.io/docs/specs/otel/logs/data-model/#events"/>
/// </summary>
internal sealed class EventLogs : IDisposable
{
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public EventLogs(string host)
    {
        _factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("observability-ebpf-agent").AddAttributes([new("host.name", host)]));
            options.AddProcessor(new ContextProcessor());
            options.AddOtlpExporter();
        }));
        _logger = _factory.CreateLogger("Observability.Ebpf.Agent");
    }

    public void Send(EventRecord record)
    {
        ContextProcessor.Current = record;
        _logger.Log(LogLevel.Information, new EventId(0, record.Name), record.Attributes, null, static (_, _) => ContextProcessor.Current?.Name ?? "");
        ContextProcessor.Current = null;
    }

    public void Dispose() => _factory.Dispose();

    /// <summary>The logging interface takes the trace from the calling thread; these events' traces are elsewhere.</summary>
    private sealed class ContextProcessor : BaseProcessor<LogRecord>
    {
        [ThreadStatic]
        private static EventRecord? t_current;

        public static EventRecord? Current
        {
            get => t_current;
            set => t_current = value;
        }

        public override void OnEnd(LogRecord data)
        {
            if (t_current is not { } record) return;
            data.Timestamp = record.Time.UtcDateTime;
            if (record.TraceId is null || record.SpanId is null) return;
            data.TraceId = System.Diagnostics.ActivityTraceId.CreateFromString(record.TraceId);
            data.SpanId = System.Diagnostics.ActivitySpanId.CreateFromString(record.SpanId);
            data.TraceFlags = record.Sampled ? System.Diagnostics.ActivityTraceFlags.Recorded : System.Diagnostics.ActivityTraceFlags.None;
        }
    }
}

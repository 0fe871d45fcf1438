using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenTelemetry.Resources;

namespace Observability.Export.Zipkin;

/// <summary>Writes one activity as one Zipkin span. For one thread; the span it gives is good until the next one is written.</summary>
internal sealed class ZipkinSpanWriter : IDisposable
{
    private const int SmallBuffer = 4 << 10;
    private const int LargestKeptBuffer = 1 << 20;

    /// <summary>The body is never part of a page, so nothing needs escaping that JSON itself does not want escaped.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly int _mostEvents;
    private readonly ZipkinTags _tags;
    private readonly JsonEncodedText? _service;
    private ArrayBufferWriter<byte> _buffer = new(SmallBuffer);
    private readonly Utf8JsonWriter _json;

    /// <param name="resource">Names the service.</param>
    /// <param name="mostEvents">Events of a span beyond these are left out, and counted in a tag.</param>
    public ZipkinSpanWriter(Resource resource, int mostEvents = int.MaxValue)
    {
        _mostEvents = mostEvents;
        string? service = null, space = null;
        foreach (var (name, value) in resource.Attributes)
        {
            if (name == "service.name") service = value as string;
            if (name == "service.namespace") space = value as string;
        }
        _service = service is null ? null : JsonEncodedText.Encode(service, Options.Encoder);
        _tags = new ZipkinTags(space);
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>False when the span is larger than the bound or cannot be written; the fault says which.</summary>
    public bool TryWrite(Activity activity, int largest, out ReadOnlySpan<byte> span, out string? fault)
    {
        Reset();
        span = default;
        fault = null;
        try
        {
            Write(activity);
            _json.Flush();
        }
        catch (Exception exception)
        {
            // A tag of the application's whose own code throws, or a text too long for JSON.
            fault = exception.Message;
            return false;
        }
        span = _buffer.WrittenSpan;
        if (span.Length > largest) fault = $"it has {span.Length} bytes, more than {largest}; set a limit for attribute values.";
        return fault is null;
    }

    public void Dispose() => _json.Dispose();

    /// <summary>One huge span must not keep its memory for ever.</summary>
    private void Reset()
    {
        if (_buffer.Capacity > LargestKeptBuffer) _buffer = new ArrayBufferWriter<byte>(SmallBuffer);
        else _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
    }

    private void Write(Activity activity)
    {
        _json.WriteStartObject();
        _json.WriteString("traceId"u8, activity.TraceId.ToHexString());
        _json.WriteString("id"u8, activity.SpanId.ToHexString());
        if (activity.ParentSpanId != default) _json.WriteString("parentId"u8, activity.ParentSpanId.ToHexString());
        if (Kind(activity.Kind) is { IsEmpty: false } kind) _json.WriteString("kind"u8, kind);
        _json.WriteString("name"u8, activity.DisplayName);
        _json.WriteNumber("timestamp"u8, Microseconds(activity.StartTimeUtc));
        // Zipkin takes 0 for "not finished".
        _json.WriteNumber("duration"u8, Math.Max(1, activity.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
        if (Propagation.DebugFlag.IsSet(activity.TraceStateString)) _json.WriteBoolean("debug"u8, true);
        WriteLocalEndpoint();
        RemoteEndpoint.Write(_json, activity);
        var leftOut = WriteAnnotations(activity);
        _tags.Write(_json, activity, leftOut);
        _json.WriteEndObject();
    }

    private void WriteLocalEndpoint()
    {
        if (_service is not { } service) return;
        _json.WriteStartObject("localEndpoint"u8);
        _json.WriteString("serviceName"u8, service);
        _json.WriteEndObject();
    }

    /// <summary>Says how many events were left out.</summary>
    private int WriteAnnotations(Activity activity)
    {
        var count = 0;
        foreach (ref readonly var @event in activity.EnumerateEvents())
        {
            if (++count > _mostEvents) continue;
            if (count == 1) _json.WriteStartArray("annotations"u8);
            _json.WriteStartObject();
            _json.WriteNumber("timestamp"u8, Microseconds(@event.Timestamp.UtcDateTime));
            _json.WriteString("value"u8, ZipkinAnnotation.Text(@event));
            _json.WriteEndObject();
        }
        if (count > 0 && _mostEvents > 0) _json.WriteEndArray();
        return Math.Max(0, count - _mostEvents);
    }

    private static ReadOnlySpan<byte> Kind(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "CLIENT"u8,
        ActivityKind.Server => "SERVER"u8,
        ActivityKind.Producer => "PRODUCER"u8,
        ActivityKind.Consumer => "CONSUMER"u8,
        _ => [],
    };

    private static long Microseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}

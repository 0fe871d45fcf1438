using System.Buffers;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Observability.Export.Zipkin;

/// <summary>
/// Posts spans as Zipkin's v2 JSON, by OpenTelemetry's transformation (https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/).
/// One request carries at most 4 MiB; a batch of more goes out in several, a single span of more is not sent. Never throws, makes no spans.
/// </summary>
internal sealed class ZipkinExporter : BaseExporter<Activity>
{
    public const int LargestBody = 4 << 20;

    private readonly ZipkinClient _client;
    private readonly Action<string>? _failed;
    private readonly ArrayBufferWriter<byte> _body = new(16 << 10);
    private readonly int _mostEvents;
    private ZipkinSpanWriter? _spans;

    /// <param name="endpoint">Where spans are posted, with the path: <c>http://host:9411/api/v2/spans</c>.</param>
    /// <param name="timeout">The longest one request may take.</param>
    /// <param name="failed">Told, in words, why spans were lost.</param>
    /// <param name="mostEvents">Events of one span beyond these are left out.</param>
    public ZipkinExporter(Uri endpoint, TimeSpan timeout, Action<string>? failed = null, int mostEvents = 128)
    {
        _mostEvents = mostEvents;
        _client = new ZipkinClient(endpoint, timeout);
        _failed = failed;
    }

    public override ExportResult Export(in Batch<Activity> batch)
    {
        using var silence = SuppressInstrumentationScope.Begin();
        var writer = _spans ??= new ZipkinSpanWriter(ParentProvider?.GetResource() ?? Resource.Empty, _mostEvents);
        var delivered = true;
        _body.ResetWrittenCount();
        foreach (var activity in batch)
        {
            if (!writer.TryWrite(activity, LargestBody - 2, out var span, out var fault))
            {
                delivered = Fail($"The span '{activity.DisplayName}' was not sent to Zipkin: {fault}");
                continue;
            }
            if (_body.WrittenCount + span.Length + 2 > LargestBody) delivered &= Send();
            _body.Write(_body.WrittenCount == 0 ? "["u8 : ","u8);
            _body.Write(span);
        }
        if (_body.WrittenCount > 0) delivered &= Send();
        return delivered ? ExportResult.Success : ExportResult.Failure;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client.Dispose();
            _spans?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool Send()
    {
        _body.Write("]"u8);
        var fault = _client.Post(_body.WrittenMemory);
        _body.ResetWrittenCount();
        return fault is null || Fail(fault);
    }

    private bool Fail(string why)
    {
        _failed?.Invoke(why);
        return false;
    }
}

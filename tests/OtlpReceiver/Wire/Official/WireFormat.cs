using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OtlpReceiver;

/// <summary>OTLP's messages through the classes that the official .proto files generate.</summary>
internal static class WireFormat
{
    public const bool IsAvailable = true;

    public static DecodedExport Decode(OtlpSignal signal, ReadOnlyMemory<byte> message) => signal switch
    {
        OtlpSignal.Traces => DecodedExport.Of(SpanMapping.Map(ExportTraceServiceRequest.Parser.ParseFrom(message.Span))),
        OtlpSignal.Metrics => DecodedExport.Of(MetricMapping.Map(ExportMetricsServiceRequest.Parser.ParseFrom(message.Span))),
        _ => DecodedExport.Of(LogMapping.Map(ExportLogsServiceRequest.Parser.ParseFrom(message.Span))),
    };

    /// <summary>The success message of a signal, with a partial success when something was rejected.</summary>
    public static byte[] Response(OtlpSignal signal, long rejected, string? message)
    {
        if (rejected == 0 && message is null) return [];
        IMessage response = signal switch
        {
            OtlpSignal.Traces => new ExportTraceServiceResponse { PartialSuccess = new() { RejectedSpans = rejected, ErrorMessage = message ?? "" } },
            OtlpSignal.Metrics => new ExportMetricsServiceResponse { PartialSuccess = new() { RejectedDataPoints = rejected, ErrorMessage = message ?? "" } },
            _ => new ExportLogsServiceResponse { PartialSuccess = new() { RejectedLogRecords = rejected, ErrorMessage = message ?? "" } },
        };
        return response.ToByteArray();
    }

    /// <summary>
    /// A google.rpc.Status: code 1, message 2, details 3, where the detail is an Any holding a google.rpc.RetryInfo,
    /// whose field 1 is the delay. These two types are not among OTLP's own files; they are four fields.
    /// </summary>
    public static byte[] RetryStatus(int code, string message, TimeSpan? retryAfter)
    {
        using var stream = new MemoryStream();
        using (var status = new CodedOutputStream(stream, leaveOpen: true))
        {
            status.WriteTag(1, Google.Protobuf.WireFormat.WireType.Varint);
            status.WriteInt32(code);
            status.WriteTag(2, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            status.WriteString(message);
            if (retryAfter is { } delay)
            {
                status.WriteTag(3, Google.Protobuf.WireFormat.WireType.LengthDelimited);
                status.WriteMessage(new Any { TypeUrl = "type.googleapis.com/google.rpc.RetryInfo", Value = RetryInfo(delay) });
            }
        }
        return stream.ToArray();
    }

    private static ByteString RetryInfo(TimeSpan delay)
    {
        using var stream = new MemoryStream();
        using (var info = new CodedOutputStream(stream, leaveOpen: true))
        {
            info.WriteTag(1, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            info.WriteMessage(Duration.FromTimeSpan(delay));
        }
        return ByteString.CopyFrom(stream.ToArray());
    }
}

namespace OtlpReceiver;

/// <summary>Stands in where the official .proto files could not be had at build time.</summary>
internal static class WireFormat
{
    public const bool IsAvailable = false;

    public static DecodedExport Decode(OtlpSignal signal, ReadOnlyMemory<byte> message) => throw Missing();

    public static byte[] Response(OtlpSignal signal, long rejected, string? message) => throw Missing();

    public static byte[] RetryStatus(int code, string message, TimeSpan? retryAfter) => throw Missing();

    private static NotSupportedException Missing() => new("built without the OTLP .proto files");
}

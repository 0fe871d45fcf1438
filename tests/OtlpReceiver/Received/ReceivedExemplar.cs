namespace OtlpReceiver;

public sealed record ReceivedExemplar(string TraceId, string SpanId, double Value);

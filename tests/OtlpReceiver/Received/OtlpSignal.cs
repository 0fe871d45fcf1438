namespace OtlpReceiver;

public enum OtlpSignal
{
    Traces,
    Metrics,
    Logs,
}

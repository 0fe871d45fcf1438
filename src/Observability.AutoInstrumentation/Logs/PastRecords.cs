using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.AutoInstrumentation.Logs;

/// <summary>Gives the records of messages that were held the time at which they were written.</summary>
internal sealed class PastRecords : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (MessageClock.Past is { } past) data.Timestamp = past.UtcDateTime;
    }
}

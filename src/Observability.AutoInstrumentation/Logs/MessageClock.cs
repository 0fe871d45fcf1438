namespace Observability.AutoInstrumentation.Logs;

/// <summary>The time of day, or, while a thread writes messages that were held, the time at which each was written.</summary>
internal sealed class MessageClock(TimeProvider real) : TimeProvider
{
    [ThreadStatic]
    private static DateTimeOffset? _past;

    /// <summary>The time that this thread is set to; null for today's.</summary>
    public static DateTimeOffset? Past => _past;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    public static void Set(DateTimeOffset? past) => _past = past;

    public override DateTimeOffset GetUtcNow() => _past ?? real.GetUtcNow();

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);
}

using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>One provider's own figures, on the meter <c>Observability.Logging</c>, and its way to the event source.</summary>
internal sealed class LoggingHealth : IDisposable
{
    /// <summary>The category of the core's own diagnostics: what goes wrong with its lines is counted and raises no further event.</summary>
    public const string DiagnosticsCategory = "Observability.Diagnostics";

    private static readonly string[] s_levels = ["trace", "debug", "info", "warn", "error", "fatal"];
    private readonly Meter _meter = new("Observability.Logging");
    private readonly TimeProvider _time;
    private long _lines;
    private long _bytes;
    private long _truncated;
    private long _failures;
    private long _lost;
    private long _suppressed;
    private long _nextFailureEvent;
    private long _nextOutputLine;

    public LoggingHealth(TimeProvider time)
    {
        _time = time;
        Counter("observability.logging.lines", "{line}", "Lines written.", () => Volatile.Read(ref _lines));
        Counter("observability.logging.bytes", "By", "Bytes written.", () => Volatile.Read(ref _bytes));
        Counter("observability.logging.truncated", "{line}", "Lines cut at the longest length.", () => Volatile.Read(ref _truncated));
        Counter("observability.logging.failures", "{failure}", "Failures of logged values and of the logger itself that were contained.", () => Volatile.Read(ref _failures));
        Counter("observability.logging.lost", "{line}", "Accepted lines that the output did not take before the end.", () => Volatile.Read(ref _lost));
        Counter("observability.logging.suppressed", "{line}", "Lines held back by rate limit or trace sampling.", () => Volatile.Read(ref _suppressed));
    }

    public long Lines => Volatile.Read(ref _lines);

    public long Failures => Volatile.Read(ref _failures);

    public long TruncatedLines => Volatile.Read(ref _truncated);

    public long SuppressedLines => Volatile.Read(ref _suppressed);

    public long LostLines => Volatile.Read(ref _lost);

    /// <summary>Adds the figures that only the queue knows.</summary>
    public void Watch(DropCounts dropped, SegmentRing ring)
    {
        _meter.CreateObservableCounter("observability.logging.dropped", () => Enumerable.Range(0, s_levels.Length)
            .Select(level => new Measurement<long>(dropped[(LogLevel)level], new KeyValuePair<string, object?>("level", s_levels[level]))), "{line}", "Lines dropped because the queue was full.");
        _meter.CreateObservableGauge("observability.logging.queue", () => ring.Used, "By", "Bytes that wait to be written.");
    }

    public void Written(int lines, int bytes)
    {
        Interlocked.Add(ref _lines, lines);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Truncated() => Interlocked.Increment(ref _truncated);

    /// <summary>What is to be reported in the stream of the lines that were held back.</summary>
    public SuppressionCounts Suppressions { get; } = new();

    public void Suppressed() => Interlocked.Increment(ref _suppressed);

    public void Contained(Type type, Exception fault)
    {
        Interlocked.Increment(ref _failures);
        if (MaySay()) LoggingEventSource.Log.ValueThrew(type.ToString(), fault.GetType().ToString());
    }

    public void LineFailed(Exception fault)
    {
        Interlocked.Increment(ref _failures);
        if (MaySay()) LoggingEventSource.Log.LineFailed(fault.GetType().ToString());
    }

    public static void Dropped(long lines) => LoggingEventSource.Log.LinesDropped(lines);

    /// <summary>Also on the error stream: when the process ends the runtime has let go of who listens to events.</summary>
    public void Lost(LineSink output, long lines)
    {
        if (lines == 0) return;
        Interlocked.Add(ref _lost, lines);
        LoggingEventSource.Log.LinesLost(lines);
        if (!output.IsErrorStream) Say(LoggingEventSource.LinesLostText, lines);
    }

    /// <summary>Also on the error stream, once a minute at most: a log line would go the way that fails.</summary>
    public void OutputFailed(LineSink output, Exception fault)
    {
        Interlocked.Increment(ref _failures);
        LoggingEventSource.Log.OutputFailed(output.Name, fault.Message);
        if (!output.IsErrorStream && IsDue(ref _nextOutputLine, 60)) Say(LoggingEventSource.OutputFailedText, output.Name, fault.Message);
    }

    public static void OutputRecovered(string output) => LoggingEventSource.Log.OutputRecovered(output);

    public void RotationFailed(string path, Exception fault)
    {
        Interlocked.Increment(ref _failures);
        LoggingEventSource.Log.RotationFailed(path, fault.Message);
    }

    public void Dispose() => _meter.Dispose();

    private void Counter(string name, string unit, string description, Func<long> read) => _meter.CreateObservableCounter(name, read, unit, description);

    /// <summary>At most one event a second about values: a value that throws may be on every line, and events become lines.</summary>
    private bool MaySay() => LoggingEventSource.Log.IsEnabled() && IsDue(ref _nextFailureEvent, 1);

    private bool IsDue(ref long at, int seconds)
    {
        var now = _time.GetTimestamp();
        var next = Volatile.Read(ref at);
        return now >= next && Interlocked.CompareExchange(ref at, now + (seconds * _time.TimestampFrequency), next) == next;
    }

    private static void Say(string format, params object[] values) => StandardError.Say(string.Format(CultureInfo.InvariantCulture, format, values));
}

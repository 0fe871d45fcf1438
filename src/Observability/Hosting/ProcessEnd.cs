using System.Diagnostics;
using Observability.Diagnostics;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.Hosting;

/// <summary>
/// Delivers what is queued when the process ends without disposing of its container: <c>Environment.Exit</c>, an unhandled
/// exception, a signal that no host handles.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private readonly TracerProvider? _tracers;
    private readonly MeterProvider? _meters;
    private readonly LoggerProvider? _loggers;
    private readonly TimeSpan _patience;
    private int _flushed;

    public ProcessEnd(TracerProvider? tracers, MeterProvider? meters, LoggerProvider? loggers, TimeSpan patience)
    {
        _tracers = tracers;
        _meters = meters;
        _loggers = loggers;
        _patience = patience;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
    }

    private void OnProcessExit(object? sender, EventArgs e) => Flush();

    private void OnUnhandledException(object? sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating) Flush();
    }

    private void Flush()
    {
        if (Interlocked.Exchange(ref _flushed, 1) != 0) return;
        var clock = Stopwatch.StartNew();
        try
        {
            // One budget for all three; spans and logs first, they cannot be read again later.
            var delivered = _tracers?.ForceFlush(Remaining(clock)) ?? true;
            delivered &= _loggers?.ForceFlush(Remaining(clock)) ?? true;
            delivered &= _meters?.ForceFlush(Remaining(clock)) ?? true;
            if (!delivered) CoreEventSource.Log.FlushTimedOut((int)_patience.TotalMilliseconds);
        }
        catch (Exception failure)
        {
            // The process is ending for a reason of its own; telemetry must not give it another.
            CoreEventSource.Log.Contained("the flush at the end of the process", failure.GetType().Name);
        }
    }

    private int Remaining(Stopwatch clock) => Math.Max(1, (int)(_patience - clock.Elapsed).TotalMilliseconds);
}

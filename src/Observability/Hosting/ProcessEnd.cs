using Observability.Diagnostics;
using Observability.Logging;

namespace Observability.Hosting;

/// <summary>
/// Delivers what is queued when the process ends without disposing of its container: <c>Environment.Exit</c>, an unhandled
/// exception, a signal that no host handles. What could not be delivered is in the log before the process is gone.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private static readonly TimeSpan LongestLogFlush = TimeSpan.FromSeconds(1);

    private readonly ProviderShutdown _providers;
    private readonly DiagnosticLines _lines;
    private int _ended;

    public ProcessEnd(ProviderShutdown providers, DiagnosticLines lines)
    {
        _providers = providers;
        _lines = lines;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        _providers.Shutdown();
        // The container disposes of the log after this, and that writes what is queued there.
        _lines.Drain();
    }

    /// <summary>Delivers; the process may end then, or go on if somebody handles the signal.</summary>
    public void Deliver()
    {
        _providers.Flush();
        _lines.Drain();
        JsonLinesOutput.Flush(LongestLogFlush);
    }

    private void OnProcessExit(object? sender, EventArgs e) => End();

    private void OnUnhandledException(object? sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating) End();
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) Deliver();
    }
}

namespace Observability.Hosting;

/// <summary>
/// Delivers what is queued when the process ends without disposing of its container: <c>Environment.Exit</c>, an unhandled
/// exception, a signal that no host handles.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private readonly ProviderShutdown _providers;
    private int _ended;

    public ProcessEnd(ProviderShutdown providers)
    {
        _providers = providers;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        if (Interlocked.Exchange(ref _ended, 1) == 0) _providers.Shutdown();
    }

    /// <summary>Delivers, once.</summary>
    public void Flush()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) _providers.Flush();
    }

    private void OnProcessExit(object? sender, EventArgs e) => Flush();

    private void OnUnhandledException(object? sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating) Flush();
    }
}

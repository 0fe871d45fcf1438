using System.Runtime.InteropServices;

namespace Observability.Hosting;

/// <summary>
/// SIGHUP, which ends a process under its host; on the other signals hosts stop in order. It is listened to from <c>AddObservability()</c> on, because .NET asks
/// the latest handler first: one of the application's that reloads something on it has said so by then, and neither waits for a delivery nor causes one.
/// </summary>
internal sealed class HangupSignal : IDisposable
{
    private readonly Lock _lock = new();
    private ProcessSignals? _signal;
    private Action? _deliver;

    public HangupSignal() => Listen();

    public void Add(Action deliver)
    {
        lock (_lock)
        {
            _deliver += deliver;
            if (_signal is null) Listen();
        }
    }

    /// <summary>After the last container the signal is the application's alone.</summary>
    public void Remove(Action deliver)
    {
        lock (_lock)
        {
            _deliver -= deliver;
            if (_deliver is null) Dispose();
        }
    }

    public void Dispose()
    {
        _signal?.Dispose();
        _signal = null;
    }

    private void Listen() => _signal = new ProcessSignals(() => _deliver?.Invoke(), PosixSignal.SIGHUP);
}

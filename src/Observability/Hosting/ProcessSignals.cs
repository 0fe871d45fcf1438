using System.Runtime.InteropServices;

namespace Observability.Hosting;

/// <summary>
/// Delivers what is queued when a process without a host is told to end. Since .NET 10 the runtime no longer turns SIGTERM
/// into an orderly exit by itself. The signal is not cancelled: the process ends as it would have.
/// </summary>
internal sealed class ProcessSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public ProcessSignals(Action flush)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
        {
            try
            {
                _registrations.Add(PosixSignalRegistration.Create(signal, _ => flush()));
            }
            catch (PlatformNotSupportedException)
            {
                // This platform has no such signal; the others remain.
            }
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}

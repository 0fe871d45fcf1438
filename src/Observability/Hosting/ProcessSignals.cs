using System.Runtime.InteropServices;

namespace Observability.Hosting;

/// <summary>
/// Delivers what is queued when a process is told to end by a signal that its host does not handle, or has no host. Since .NET 10
/// the runtime no longer turns SIGTERM into an orderly exit by itself. The signal is not cancelled: the process ends as it would have.
/// </summary>
internal sealed class ProcessSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public ProcessSignals(Action deliver, params IEnumerable<PosixSignal> signals)
    {
        foreach (var signal in signals)
        {
            try
            {
                // A handler of the application's that came before has said whether the process goes on.
                _registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    if (!context.Cancel) deliver();
                }));
            }
            catch (PlatformNotSupportedException)
            {
                // This platform has no such signal; the others remain.
            }
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}

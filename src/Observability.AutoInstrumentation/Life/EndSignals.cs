using System.Runtime.InteropServices;

namespace Observability.AutoInstrumentation.Life;

/// <summary>
/// Delivers what is queued when a program without a host is told to end: .NET 10 no longer turns SIGTERM into an orderly exit by itself. A host does, and is
/// not kept from it: there delivery comes at the end of the process. SIGHUP, which ends a process under its host, is the product's own matter everywhere. The signal is
/// never cancelled.
/// </summary>
internal static class EndSignals
{
    /// <summary>Kept for the life of the process.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    public static void Watch(IServiceProvider services, Func<bool> hasHost)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            try
            {
                Registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    // A handler of the application's has said then that the process goes on.
                    if (!context.Cancel && !hasHost()) LastDelivery.Of(services, withMetrics: true);
                }));
            }
            catch (PlatformNotSupportedException)
            {
                // This platform has no such signal; the others remain.
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>Writes what there is when the process ends: on return from Main, exit, an unhandled exception, SIGTERM, SIGINT, SIGQUIT, SIGHUP.</summary>
internal static class ProcessEnd
{
    /// <summary>A signal that the application handles itself leaves it running; lines are waited for this long only.</summary>
    private const int SignalMilliseconds = 1_000;

    private static readonly Lock s_lock = new();
    private static readonly List<JsonLinesLoggerProvider> s_providers = [];
    private static readonly List<PosixSignalRegistration> s_signals = [];
    private static bool s_listening;

    public static void Register(JsonLinesLoggerProvider provider)
    {
        lock (s_lock)
        {
            s_providers.Add(provider);
            if (s_listening) return;
            s_listening = true;
        }
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => EndForGood();
        AppDomain.CurrentDomain.UnhandledException += static (_, _) => EndForGood();
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }) Listen(signal);
    }

    /// <summary>Waits until all that was accepted so far is written, or until the time is over; false then.</summary>
    public static bool Flush(int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        var written = true;
        Each(provider => written &= provider.Flush((int)Math.Max(until - Environment.TickCount64, 0)));
        return written;
    }

    public static void Unregister(JsonLinesLoggerProvider provider)
    {
        lock (s_lock) s_providers.Remove(provider);
    }

    private static void Listen(PosixSignal signal)
    {
        try
        {
            // Whether the signal ends the process is left to the application and the runtime: nothing is cancelled here.
            s_signals.Add(PosixSignalRegistration.Create(signal, static _ => OnSignal()));
        }
        catch (PlatformNotSupportedException)
        {
            // ProcessExit is what such a platform has.
        }
    }

    private static void OnSignal()
    {
        Each(static provider => provider.End());
        _ = Task.Delay(SignalMilliseconds).ContinueWith(static _ => Each(static provider => provider.GoOn()), TaskScheduler.Default);
    }

    private static void EndForGood() => Each(static provider => provider.EndForGood());

    private static void Each(Action<JsonLinesLoggerProvider> action)
    {
        JsonLinesLoggerProvider[] providers;
        lock (s_lock) providers = [.. s_providers];
        foreach (var provider in providers) action(provider);
    }
}

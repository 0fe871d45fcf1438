using System;

namespace Observability.StartupHooks;

/// <summary>The only place where this stage may speak: the application's output is its own.</summary>
internal static class StandardError
{
    /// <summary>Writes one line; a closed stream is no reason to fail.</summary>
    public static void Say(string line)
    {
        try
        {
            Console.Error.WriteLine(line.Replace('\r', ' ').Replace('\n', ' '));
        }
        catch (Exception)
        {
            // There is nowhere left to say it.
        }
    }

    /// <summary>Says that there is no instrumentation, and why.</summary>
    public static void Failed(Exception failure)
    {
        var innermost = failure.GetBaseException();
        Say("OBS6004: instrumentation could not be started: " + innermost.GetType().Name + ": " + innermost.Message + ". The application runs without it; install the payload anew if that persists.");
    }
}

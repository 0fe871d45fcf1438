using System;
using System.IO;
using System.Reflection;
using Observability.StartupHooks.Admission;
using Observability.StartupHooks.Payload;

namespace Observability.StartupHooks;

/// <summary>Decides, checks, and hands over to the second stage. Every start of every .NET process on the machine may come through here: it is kept short.</summary>
internal static class FirstStage
{
    /// <summary>Set once a hook of ours has run, so that a second one (another copy, or the same path twice) does nothing.</summary>
    private const string Marker = "Observability.StartupHook";

    public static void Run()
    {
        try
        {
            if (AppDomain.CurrentDomain.GetData(Marker) is not null) return;
            AppDomain.CurrentDomain.SetData(Marker, "ran");
#pragma warning disable RS0030 // The edge where the environment is read; everything else takes a reader of it.
            Func<string, string?> variable = Environment.GetEnvironmentVariable;
#pragma warning restore RS0030
            if (!ProcessRules.Admit(AppDomain.CurrentDomain.FriendlyName, AppContext.BaseDirectory, variable)) return;
            if (Environment.Version.Major < 10) StandardError.Say("OBS6001: .NET " + Environment.Version + " is older than .NET 10: the application runs without instrumentation. Move it to .NET 10, or exclude it with OBSERVABILITY_AUTO_EXCLUDE.");
            else Start(Path.GetDirectoryName(typeof(FirstStage).Assembly.Location)!);
        }
        catch (Exception failure)
        {
            StandardError.Say("OBS6004: instrumentation could not be started: " + Innermost(failure) + ". The application runs without it; install the payload anew if that persists.");
        }
    }

    private static void Start(string root)
    {
        if (!PayloadFolder.TryOpen(root, AppDomain.CurrentDomain.GetData("RUNTIME_IDENTIFIER") as string, out var payload, out var fault))
        {
            StandardError.Say(fault!);
            return;
        }
        var start = Assembly.LoadFrom(Path.Combine(payload, "bridge", PayloadFolder.Bridge + ".dll")).GetType(PayloadFolder.Bridge + ".Startup", throwOnError: true)!.GetMethod("Run")!;
        start.Invoke(null, [payload]);
    }

    private static string Innermost(Exception failure)
    {
        var innermost = failure.GetBaseException();
        return innermost.GetType().Name + ": " + innermost.Message;
    }
}

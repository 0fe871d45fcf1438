using System;
using System.Runtime.CompilerServices;
using Observability.StartupHooks.Admission;

namespace Observability.StartupHooks;

/// <summary>Decides whether the process is an application, and has the second stage loaded beside it. Every start of every .NET process on the machine may come through here: it is kept short.</summary>
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
            if (ProcessRules.MayAdmit(AppContext.BaseDirectory, variable) && ProcessRules.Admit(AppDomain.CurrentDomain.FriendlyName, variable)) Instrument(variable);
        }
        catch (Exception failure)
        {
            StandardError.Failed(failure);
        }
    }

    /// <summary>By itself, because whoever is left alone need not have compiled what this takes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Instrument(Func<string, string?> variable)
    {
        if (Environment.Version.Major < 10) StandardError.Say("OBS6001: .NET " + Environment.Version + " is older than .NET 10: the application runs without instrumentation. Move it to .NET 10, or exclude it with OBSERVABILITY_AUTO_EXCLUDE.");
        else new SecondStage(typeof(FirstStage).Assembly.Location, Weaving(variable)).Begin();
    }

    private static WovenStart Weaving(Func<string, string?> variable)
    {
        if (!IsSet(variable("OBSERVABILITY_WEAVE")) && !IsSet(variable("OBSERVABILITY_WEAVE_FILE"))) return WovenStart.None;
        return IsSet(variable("DOTNET_ADDITIONAL_DEPS")) ? WovenStart.Done : WovenStart.Coming;
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);
}

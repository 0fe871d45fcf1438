using Observability.Weaver.Startup.Process;
using Observability.Weaver.Startup.Settings;

namespace Observability.Weaver.Startup;

/// <summary>What the startup hook calls, by its name, where <c>OBSERVABILITY_WEAVE</c> or <c>OBSERVABILITY_WEAVE_FILE</c> asks for weaving.</summary>
public static class WeaveAtStartup
{
    /// <summary>
    /// Returns where the process runs woven code, or cannot; otherwise weaves into the cache, once, and replaces the process by itself, run anew.
    /// Never throws, and never replaces a process twice.
    /// </summary>
    /// <param name="say">Writes one line to stderr.</param>
    public static void Run(Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        try
        {
#pragma warning disable RS0030 // The edge where the environment is read; everything else takes a reader of it.
            var settings = WeaveSettings.Read(Environment.GetEnvironmentVariable);
#pragma warning restore RS0030
            var platform = new PlatformList(AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "", AppContext.BaseDirectory);
            if (OperatingSystem.IsLinux()) new StartupDoor(settings, platform, say).Open();
            else say("OBS7015: only Linux can replace a process that runs, so the application runs unwoven. Weave it ahead of its start with the command observability weave.");
        }
        catch (Exception failure)
        {
            say($"OBS7015: weaving at start-up failed: {failure.GetType().Name}: {failure.Message} The application runs unwoven.");
        }
    }
}

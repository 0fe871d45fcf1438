using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.Weaving;

/// <summary>
/// Weaving at start-up, where a variable asks for it. It comes before everything else: the process may be replaced by itself, and nothing that has
/// been begun by then would be ended.
/// </summary>
internal static class WeavingDoor
{
    private const string Part = "weaver";
    private const string Door = "Observability.Weaver.Startup";

    public static void Open(string payload)
    {
        if (!IsAsked()) return;
        try
        {
            if (AgentFiles.Fault(payload, Part) is { } fault)
            {
                StandardError.Say(fault);
                return;
            }
            var folder = Path.Combine(payload, Part);
            new WeaverLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, Door + ".dll"))
                .GetType(Door + ".WeaveAtStartup", throwOnError: true)!.GetMethod("Run")!
                .CreateDelegate<Action<Action<string>>>()(StandardError.Say);
        }
        catch (Exception failure)
        {
            StandardError.Say($"OBS7015: weaving at start-up failed: {failure.GetType().Name}: {failure.Message} The application runs unwoven; install the payload anew if that persists.");
        }
    }

#pragma warning disable RS0030 // Every start comes through here: nothing is loaded before it is known that somebody asks.
    private static bool IsAsked() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OBSERVABILITY_WEAVE")) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OBSERVABILITY_WEAVE_FILE"));
#pragma warning restore RS0030
}

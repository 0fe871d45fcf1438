using Observability.StartupHooks;

/// <summary>What the runtime looks for in an assembly named by <c>DOTNET_STARTUP_HOOKS</c>: this name, in no namespace.</summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime before the application's <c>Main</c>. What it threw would end the process.</summary>
    public static void Initialize() => FirstStage.Run();
}

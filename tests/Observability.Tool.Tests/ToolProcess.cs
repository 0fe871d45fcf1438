using TestPeers;

namespace Observability.Tool.Tests;

/// <summary>The command in a process of its own, with the payload that was built beside it.</summary>
internal static class ToolProcess
{
    public static string[] Command { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Observability.Tool.dll")];

    public static string Payload => Path.Combine(AppContext.BaseDirectory, "payload");

    /// <summary>Runs it to its end in a shell, whose script has the command in <c>"$@"</c>.</summary>
    public static ToolResult Run(string script, params string[] arguments) => TestPeers.Tool.Run("sh", ["-c", script, "sh", .. Command, .. arguments]);

    public static RunningProcess Start(params string[] arguments) => RunningProcess.Start(Command[0], [Command[1], .. arguments]);
}

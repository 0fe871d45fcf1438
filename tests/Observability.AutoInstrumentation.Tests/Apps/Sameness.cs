using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>What must not differ between a bare run and a hooked one.</summary>
internal static class Sameness
{
    public static IReadOnlyDictionary<string, string?> Bare { get; } = new Dictionary<string, string?> { ["DOTNET_STARTUP_HOOKS"] = null };

    public static void Check(ToolResult bare, ToolResult hooked)
    {
        Assert.Equal(bare.ExitCode, hooked.ExitCode);
        Assert.Equal(bare.Output, hooked.Output);
    }

    /// <summary>The same lines in any order: a logger's thread and the application's own write side by side, with or without the hook.</summary>
    public static void CheckLines(ToolResult bare, ToolResult hooked)
    {
        Assert.Equal(bare.ExitCode, hooked.ExitCode);
        Assert.Equal(bare.Output.Split('\n').Order(StringComparer.Ordinal), hooked.Output.Split('\n').Order(StringComparer.Ordinal));
    }
}

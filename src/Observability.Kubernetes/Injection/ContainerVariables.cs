using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>The environment variables of one container. Where a name stands twice, Kubernetes takes the last.</summary>
internal sealed class ContainerVariables(JsonObject container)
{
    public const string Hooks = "DOTNET_STARTUP_HOOKS";
    private const string ProfilerSwitch = "CORECLR_ENABLE_PROFILING";

    private static readonly string[] Profilers = ["CORECLR_PROFILER", "CORECLR_PROFILER_PATH", "CORECLR_PROFILER_PATH_64", "CORECLR_PROFILER_PATH_32", "CORECLR_PROFILER_PATH_ARM64", "DOTNET_PROFILER"];

    public JsonObject? Find(string name) => container.Objects("env").LastOrDefault(variable => variable.Text("name") == name);

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether the value comes from a secret, a config map or a field: it is not known, and never touched.</summary>
    public static bool IsFromElsewhere(JsonObject variable) => variable["valueFrom"] is not null;

    /// <summary>The variable that tells of another agent's native profiler, or null.</summary>
    public string? ForeignProfiler()
    {
        if (Find(ProfilerSwitch) is { } flag && (IsFromElsewhere(flag) || flag.Text("value") == "1")) return ProfilerSwitch;
        return Array.Find(Profilers, name => Find(name) is { } profiler && (IsFromElsewhere(profiler) || !string.IsNullOrEmpty(profiler.Text("value"))));
    }

    /// <summary>Whether variables come from whole config maps or secrets, which are not looked into.</summary>
    public bool HasUnseen => container.Objects("envFrom").Any();
}

using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Weaving;

/// <summary>A cache of woven assemblies of a test's own, and the variables with which a program is woven into it.</summary>
internal sealed class WeaveCache : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("observability-weave-test-").FullName;

    /// <summary>Of every weave that has ended.</summary>
    public IReadOnlyList<string> Entries => [.. Directory.GetDirectories(Folder).Where(folder => new DirectoryInfo(folder).LinkTarget is null)];

    /// <summary>The hook, a rule for the program's own code, and nothing exported.</summary>
    public Dictionary<string, string?> Variables()
    {
        var variables = HookedRun.Hooked();
        variables["OTEL_TRACES_EXPORTER"] = variables["OTEL_METRICS_EXPORTER"] = variables["OTEL_LOGS_EXPORTER"] = "none";
        variables["OBSERVABILITY_WEAVE"] = "Program";
        variables["OBSERVABILITY_WEAVE_CACHE"] = Folder;
        return variables;
    }

    /// <summary>Those with which the host takes the woven assemblies at once.</summary>
    public Dictionary<string, string?> PresetVariables()
    {
        var variables = Variables();
        variables["DOTNET_ADDITIONAL_DEPS"] = Path.Combine(Folder, "current", "woven.deps.json");
        variables["DOTNET_SHARED_STORE"] = Path.Combine(Folder, "current", "store");
        return variables;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

using Observability.Tool.Installing;

namespace Observability.Tool.Diagnosing;

/// <summary>What a running process tells through <c>/proc</c>.</summary>
internal static class ProcessFindings
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";
    private const string Agent = "Observability.AutoInstrumentation.dll";

    public static IReadOnlyList<Finding> Of(int process)
    {
        var folder = $"/proc/{process}";
        if (!Directory.Exists(folder)) throw new IOException($"there is no process {process} here, or no /proc.");
        var environment = File.ReadAllText(folder + "/environ").Split('\0').Select(entry => entry.Split('=', 2)).Where(entry => entry.Length == 2).ToLookup(entry => entry[0], entry => entry[1]);
        var mapped = File.ReadLines(folder + "/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]).Where(path => path.StartsWith('/')).ToHashSet(StringComparer.Ordinal);
        var agent = mapped.FirstOrDefault(path => path.EndsWith('/' + Agent, StringComparison.Ordinal));
        return
        [
            mapped.Any(path => path.EndsWith("/libcoreclr.so", StringComparison.Ordinal))
                ? new Finding(true, $"process {process} runs .NET")
                : new Finding(false, $"process {process} runs no .NET, or a single file or Native AOT program that hides it"),
            HookOf(environment[Hooks].FirstOrDefault()),
            .. Switches(environment),
            agent is null ? new Finding(false, "the agent is not loaded: look for a line OBS6… on the process's stderr") : new Finding(true, $"the agent is loaded from {Path.GetDirectoryName(agent)}"),
            mapped.Any(path => path.EndsWith("/OpenTelemetry.dll", StringComparison.Ordinal) && Path.GetDirectoryName(path) != Path.GetDirectoryName(agent))
                ? new Finding(false, "OBS6005: the application brings an OpenTelemetry SDK of its own and is left to it")
                : new Finding(true, "the application has loaded no OpenTelemetry SDK of its own"),
        ];
    }

    private static Finding HookOf(string? value)
    {
        if (string.IsNullOrEmpty(value)) return new Finding(false, $"{Hooks} is not set in its environment");
        return value.Split(Path.PathSeparator).Any(hook => Path.GetFileName(hook) == Installation.Hook)
            ? new Finding(true, $"{Hooks} names the hook")
            : new Finding(false, $"{Hooks} names other hooks only: {value}");
    }

    private static IEnumerable<Finding> Switches(ILookup<string, string> environment)
    {
        foreach (var (name, value) in new[] { ("OBSERVABILITY_AUTO_ENABLED", "false"), ("OTEL_SDK_DISABLED", "true") })
            if (string.Equals(environment[name].FirstOrDefault(), value, StringComparison.OrdinalIgnoreCase)) yield return new Finding(false, $"{name}={value} switches instrumentation off");
    }
}

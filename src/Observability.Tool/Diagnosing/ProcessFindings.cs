using Observability.Tool.Installing;

namespace Observability.Tool.Diagnosing;

/// <summary>What a running process tells through <c>/proc</c>.</summary>
internal sealed class ProcessFindings(HookRules rules)
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";
    private const string Enabled = "Observability__Enabled";
    private const string Agent = "Observability.AutoInstrumentation.dll";

    /// <summary>Of the name of the thread that every agent has, once it has found its settings right, the fifteen characters that Linux keeps.</summary>
    private const string AgentThread = "observability-l";

    public IReadOnlyList<Finding> Of(int process)
    {
        var folder = $"/proc/{process}";
        if (!Directory.Exists(folder)) throw new IOException($"there is no process {process} here, or no /proc.");
        var environment = File.ReadAllText(folder + "/environ").Split('\0').Select(entry => entry.Split('=', 2)).Where(entry => entry.Length == 2).ToLookup(entry => entry[0], entry => entry[1]);
        var mapped = File.ReadLines(folder + "/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]).Where(path => path.StartsWith('/')).ToHashSet(StringComparer.Ordinal);
        var agent = mapped.FirstOrDefault(path => path.EndsWith('/' + Agent, StringComparison.Ordinal));
        var obstacles = Switches(environment).ToList();
        if (agent is null && rules.Look(NameOf(folder), name => environment[name].FirstOrDefault()) is { IsFine: false } left) obstacles.Add(left);
        return
        [
            agent is not null || mapped.Any(path => path.EndsWith("/libcoreclr.so", StringComparison.Ordinal))
                ? new Finding(true, $"process {process} runs .NET")
                : new Finding(false, $"process {process} runs no .NET, or a single file or Native AOT program that hides it"),
            HookOf(environment[Hooks].FirstOrDefault()),
            .. obstacles,
            agent is null ? WithoutAgent(obstacles.Count > 0) : AgentOf(agent, Threads(folder).Contains(AgentThread, StringComparer.Ordinal)),
            mapped.Any(path => path.EndsWith("/OpenTelemetry.dll", StringComparison.Ordinal) && Path.GetDirectoryName(path) != Path.GetDirectoryName(agent))
                ? new Finding(false, "OBS6005: the application brings an OpenTelemetry SDK of its own and is left to it")
                : new Finding(true, "the application has loaded no OpenTelemetry SDK of its own"),
        ];
    }

    private static Finding WithoutAgent(bool isExplained) =>
        new(false, isExplained ? "the agent is not loaded" : "the agent is not loaded: look for a line OBS6… on the process's stderr");

    /// <summary>Why one has given up is not seen from outside.</summary>
    private static Finding AgentOf(string agent, bool runs) => runs
        ? new Finding(true, $"the agent is loaded from {Path.GetDirectoryName(agent)} and runs")
        : new Finding(false, $"the agent is loaded from {Path.GetDirectoryName(agent)} and does not run: it has given up, and a line OBS6004 or OBS6006 on the process's stderr says why, or the process has only just begun");

    private static IEnumerable<string> Threads(string folder)
    {
        foreach (var thread in Directory.GetDirectories(folder + "/task"))
        {
            string name;
            try
            {
                name = File.ReadAllText(thread + "/comm").TrimEnd('\n');
            }
            catch (IOException)
            {
                // It has ended meanwhile.
                continue;
            }
            yield return name;
        }
    }

    /// <summary>The name that the hook goes by: the assembly's that <c>dotnet</c> runs, else the program's.</summary>
    private static string NameOf(string folder)
    {
        var command = File.ReadAllText(folder + "/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var isHost = Path.GetFileName(command.FirstOrDefault()) == "dotnet";
        return isHost && Array.Find(command, argument => argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) is { } library
            ? Path.GetFileNameWithoutExtension(library)
            : Path.GetFileName(command.FirstOrDefault()) ?? "";
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
            if (Is(environment[name].FirstOrDefault(), value)) yield return new Finding(false, $"{name}={value} switches instrumentation off");
        // A setting, whose case does not matter.
        if (environment.Any(variable => Is(variable.Key, Enabled) && Is(variable.FirstOrDefault(), "false"))) yield return new Finding(false, $"{Enabled}=false switches instrumentation off");
    }

    private static bool Is(string? value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);
}

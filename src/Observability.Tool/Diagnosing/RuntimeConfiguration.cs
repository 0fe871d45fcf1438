using System.Text.Json;

namespace Observability.Tool.Diagnosing;

/// <summary>What the file that the host reads before an application starts says about it.</summary>
internal static class RuntimeConfiguration
{
    public static IEnumerable<Finding> Findings(string file)
    {
        JsonElement options;
        try
        {
            options = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("runtimeOptions").Clone();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [new Finding(false, $"{file} cannot be read: {fault.Message}")];
        }
        return [Framework(options), Hooks(options, Path.GetDirectoryName(file)!)];
    }

    private static Finding Framework(JsonElement options)
    {
        var framework = options.TryGetProperty("tfm", out var tfm) ? tfm.GetString() ?? "" : "";
        var isNew = Version.TryParse(framework.StartsWith("net", StringComparison.Ordinal) ? framework[3..] : "", out var version) && version.Major >= 10;
        return isNew ? new Finding(true, $"it is built for {framework}") : new Finding(false, $"OBS6001: it is built for '{framework}', older than .NET 10, and is left alone unless it rolls forward");
    }

    private static Finding Hooks(JsonElement options, string folder)
    {
        var isOff = options.TryGetProperty("configProperties", out var properties)
            && properties.TryGetProperty("System.StartupHookProvider.IsSupported", out var supported) && supported.ValueKind == JsonValueKind.False;
        if (isOff) return new Finding(false, "startup hooks are switched off in it, as trimming does: publish without trimming");
        // The hook is built against it, and trimming takes it out of a runtime that an application brings.
        return options.TryGetProperty("includedFrameworks", out _) && !File.Exists(Path.Combine(folder, "netstandard.dll"))
            ? new Finding(false, "it was trimmed: its runtime has no netstandard.dll, and the process would end when the hook is loaded; publish without trimming")
            : new Finding(true, "startup hooks are not switched off in it");
    }
}

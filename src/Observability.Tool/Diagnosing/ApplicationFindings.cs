using System.Text.Json;

namespace Observability.Tool.Diagnosing;

/// <summary>What a published application's files tell before it is run.</summary>
internal static class ApplicationFindings
{
    private const string Suffix = ".runtimeconfig.json";

    /// <summary>Deep enough for <c>/srv/company/shop/app</c> of an image.</summary>
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 5, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <param name="folder">A published application, or an image's root file system with applications somewhere in it.</param>
    public static IReadOnlyList<Finding> OfFolder(string folder)
    {
        var files = Directory.GetFiles(folder, "*" + Suffix);
        if (files.Length == 0) files = [.. Directory.EnumerateFiles(folder, "*" + Suffix, Below).Where(file => !IsOfDotNet(Path.GetRelativePath(folder, file)))];
        return files.Length == 0
            ? [new Finding(false, $"{folder} holds no *{Suffix}: no application, a single file (name it: doctor -- FILE), or one compiled ahead of time, which ignores startup hooks")]
            : [.. files.Order(StringComparer.Ordinal).SelectMany(file => Of(Path.GetDirectoryName(file)!, Path.GetFileName(file)[..^Suffix.Length]))];
    }

    /// <summary>The runtime and the SDK, which have such files of their own.</summary>
    private static bool IsOfDotNet(string path) => path.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("dotnet") || parts.Contains(".dotnet") || parts.Contains("proc"));

    public static IReadOnlyList<Finding> Of(string folder, string name)
    {
        var findings = new List<Finding> { new(true, $"the application is {name} in {folder}") };
        var file = Path.Combine(folder, name + Suffix);
        if (File.Exists(file)) findings.AddRange(Configuration(file));
        else findings.Add(new Finding(true, "it has no runtimeconfig.json: a single file keeps startup hooks, one compiled ahead of time ignores them without a word"));
        findings.Add(File.Exists(Path.Combine(folder, "OpenTelemetry.dll"))
            ? new Finding(false, "OBS6005: it brings an OpenTelemetry SDK of its own (OpenTelemetry.dll) and is left to it")
            : new Finding(true, "it brings no OpenTelemetry SDK of its own"));
        return findings;
    }

    private static IEnumerable<Finding> Configuration(string file)
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
        var framework = options.TryGetProperty("tfm", out var tfm) ? tfm.GetString() ?? "" : "";
        var isNew = Version.TryParse(framework.StartsWith("net", StringComparison.Ordinal) ? framework[3..] : "", out var version) && version.Major >= 10;
        var isOff = options.TryGetProperty("configProperties", out var properties)
            && properties.TryGetProperty("System.StartupHookProvider.IsSupported", out var supported) && supported.ValueKind == JsonValueKind.False;
        return
        [
            isNew ? new Finding(true, $"it is built for {framework}") : new Finding(false, $"OBS6001: it is built for '{framework}', older than .NET 10, and is left alone unless it rolls forward"),
            isOff ? new Finding(false, "startup hooks are switched off in it, as trimming does: publish with StartupHookSupport=true and without trimming") : new Finding(true, "startup hooks are not switched off in it"),
        ];
    }
}

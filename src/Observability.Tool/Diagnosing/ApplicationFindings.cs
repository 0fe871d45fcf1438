namespace Observability.Tool.Diagnosing;

/// <summary>What a published application's files tell before it is run.</summary>
internal sealed class ApplicationFindings(HookRules rules)
{
    private const string Suffix = ".runtimeconfig.json";

    /// <summary>Deep enough for <c>/srv/company/shop/app</c> of an image.</summary>
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 5, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <param name="folder">A published application, or an image's root file system with applications somewhere in it.</param>
    public IReadOnlyList<Finding> OfFolder(string folder)
    {
        var files = Directory.GetFiles(folder, "*" + Suffix);
        if (files.Length == 0) files = [.. Directory.EnumerateFiles(folder, "*" + Suffix, Below).Where(file => !IsOfDotNet(Path.GetRelativePath(folder, file)))];
        return files.Length == 0
            ? [new Finding(false, $"{folder} holds no *{Suffix}: no application, a single file (name it: doctor -- FILE), or one compiled ahead of time, which ignores startup hooks")]
            : [.. files.Order(StringComparer.Ordinal).SelectMany(OfProgram)];
    }

    /// <param name="file">The full path of an application's assembly, executable or <c>runtimeconfig.json</c>.</param>
    public IReadOnlyList<Finding> OfProgram(string file)
    {
        var (folder, name) = (Path.GetDirectoryName(file)!, NameOf(Path.GetFileName(file)));
        var configuration = Path.Combine(folder, name + Suffix);
        return
        [
            new Finding(true, $"the application is {name} in {folder}"),
            rules.Look(name, _ => null),
            .. File.Exists(configuration) ? [.. RuntimeConfiguration.Findings(configuration), OwnSdk(folder)] : WithoutConfiguration(file),
        ];
    }

    /// <summary>Without what files of an application have at their ends; an executable may have a dot in its name.</summary>
    private static string NameOf(string file) => new[] { Suffix, ".dll", ".exe" }.FirstOrDefault(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)) is { } end ? file[..^end.Length] : file;

    /// <summary>The runtime, the SDK and packaged tools, which have such files of their own.</summary>
    private static bool IsOfDotNet(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        return parts[0] == "proc" || parts.Zip(parts[1..]).Any(pair => pair is ("dotnet" or ".dotnet", "sdk" or "shared") or (".dotnet", "tools"));
    }

    private static Finding OwnSdk(string folder) => File.Exists(Path.Combine(folder, "OpenTelemetry.dll"))
        ? new Finding(false, "OBS6005: it brings an OpenTelemetry SDK of its own (OpenTelemetry.dll) and is left to it")
        : new Finding(true, "it brings no OpenTelemetry SDK of its own");

    private static IEnumerable<Finding> WithoutConfiguration(string file) => HostMark.Of(file) switch
    {
        ExecutableFile.SingleFile => [new Finding(true, "it is a single file, which keeps startup hooks unless it was trimmed; an OpenTelemetry SDK of its own (OBS6005) would not be seen from outside")],
        ExecutableFile.Host => [new Finding(false, $"its {NameOf(Path.GetFileName(file))}{Suffix} is not beside it: name the executable where the application was published")],
        _ => [new Finding(false, "it is no application of .NET, or one compiled ahead of time, which ignores startup hooks without a word")],
    };
}

using System;
using System.IO;

namespace Observability.StartupHooks.Admission;

/// <summary>
/// Which processes are instrumented. The variable is inherited by every child of a build or a shell, so that the SDK's own commands, compilers,
/// test hosts and tools come through here too, and are left alone without a word.
/// </summary>
internal static class ProcessRules
{
    /// <summary>Programs of the .NET tool chain that do not live in the SDK's folder.</summary>
    private static readonly string[] Tools =
    [
        "dotnet", "MSBuild", "VBCSCompiler", "csc", "vbc", "fsc", "testhost", "testhost.*", "datacollector", "vstest.console", "ef", "dotnet-*", "pwsh",
        "GetDocument.Insider", "Microsoft.CodeAnalysis.Workspaces.MSBuild.BuildHost", "NuGet.*",
    ];

    /// <param name="process">The entry assembly's name.</param>
    /// <param name="folder">The folder that it lies in.</param>
    /// <param name="variable">The environment.</param>
    public static bool Admit(string process, string folder, Func<string, string?> variable)
    {
        if (IsFalse(variable("OBSERVABILITY_AUTO_ENABLED")) || IsTrue(variable("OTEL_SDK_DISABLED"))) return false;
        if (IsOfTheSdk(folder) || NamePattern.Any(Tools, process)) return false;
        if (NamePattern.Any(List(variable("OBSERVABILITY_AUTO_EXCLUDE")), process)) return false;
        var included = List(variable("OBSERVABILITY_AUTO_INCLUDE"));
        return included.Length == 0 || NamePattern.Any(included, process);
    }

    /// <summary>The SDK's folder is <c>…/sdk/VERSION</c> and holds <c>dotnet.dll</c>; compilers and tasks lie below it. A packaged tool has its settings beside it.</summary>
    private static bool IsOfTheSdk(string folder)
    {
        var path = folder.Replace('\\', '/');
        for (var at = path.IndexOf("/sdk/", StringComparison.Ordinal); at >= 0; at = path.IndexOf("/sdk/", at + 1, StringComparison.Ordinal))
        {
            var end = path.IndexOf('/', at + 5);
            var version = end < 0 ? path : path.Substring(0, end);
            if (File.Exists(version + "/dotnet.dll")) return true;
        }
        return File.Exists(folder + "/DotnetToolSettings.xml");
    }

    private static string[] List(string? value) => string.IsNullOrEmpty(value) ? [] : value!.Split(',');

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsFalse(string? value) => string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);
}

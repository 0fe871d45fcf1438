using System;
using System.IO;

namespace Observability.StartupHooks.Admission;

/// <summary>
/// Which processes are instrumented. The variable is inherited by every child of a build or a shell, so that the SDK's own commands, compilers,
/// test hosts and tools come through here too, and are left alone without a word.
/// </summary>
internal static class ProcessRules
{
    /// <summary>
    /// Programs of the .NET tool chain that need not lie in the SDK's folder or in a packaged tool's: the compilers' and the test platform's packages, what design-time
    /// tools start beside an application, diagnostic tools as single files. Whole names: an application may begin with any of them.
    /// </summary>
    private static readonly string[] Tools =
    [
        "dotnet", "MSBuild", "VBCSCompiler", "csc", "vbc", "fsc", "testhost", "testhost.x86", "testhost.arm64", "datacollector", "vstest.console", "ef", "pwsh",
        "GetDocument.Insider", "Microsoft.CodeAnalysis.Workspaces.MSBuild.BuildHost", "dotnet-aspnet-codegenerator-design",
        "dotnet-counters", "dotnet-dsrouter", "dotnet-dump", "dotnet-ef", "dotnet-gcdump", "dotnet-monitor", "dotnet-sos", "dotnet-stack", "dotnet-symbol", "dotnet-trace",
    ];

    /// <summary>What the variables and the folder decide: most processes of a build end here, before anything that takes time, as to ask for a process's name.</summary>
    /// <param name="folder">The folder that the entry assembly lies in.</param>
    /// <param name="variable">The environment.</param>
    public static bool MayAdmit(string folder, Func<string, string?> variable) =>
        !Is(variable("OBSERVABILITY_AUTO_ENABLED"), "false") && !Is(variable("OTEL_SDK_DISABLED"), "true") && !IsOfTheSdk(folder);

    /// <param name="process">The entry assembly's name.</param>
    /// <param name="variable">The environment.</param>
    public static bool Admit(string process, Func<string, string?> variable)
    {
        if (NamePattern.Any(List(variable("OBSERVABILITY_AUTO_EXCLUDE")), process)) return false;
        var included = List(variable("OBSERVABILITY_AUTO_INCLUDE"));
        return included.Length == 0 ? !NamePattern.Any(Tools, process) : NamePattern.Any(included, process);
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

    private static bool Is(string? value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);
}

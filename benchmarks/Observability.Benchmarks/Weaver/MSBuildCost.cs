using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Observability.Benchmarks.Weaver;

/// <summary>A library of a thousand methods, built by the SDK as its owner would; MSBuild itself says how long the weaver's targets took.</summary>
internal static partial class MSBuildCost
{
    private const int Types = 50;
    private const int Methods = 20;

    /// <summary>Milliseconds of the weaver's targets in one whole build, each in processes of its own; the median.</summary>
    public static double Measure(int builds)
    {
        var folder = Directory.CreateTempSubdirectory("observability-msbuild-").FullName;
        try
        {
            Write(folder);
            Build(folder, "-t:Restore");
            return Enumerable.Range(0, builds).Select(_ => Targets(Build(folder, "-t:Rebuild"))).Order().ElementAt(builds / 2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Targets(string output)
    {
        var times = TargetLine().Matches(output).ToDictionary(line => line.Groups[2].Value, line => double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture));
        return times["ObservabilityWeaveAssembly"] + times["_ObservabilityNoteSettings"];
    }

    private static string Build(string folder, string target)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(folder, "Thousand.csproj"), target, "-p:Configuration=Release", "-nologo", "-clp:PerformanceSummary;NoItemAndPropertyList", "-nodeReuse:false"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(output);
    }

    private static void Write(string folder)
    {
        var package = Path.Combine(Report.Root(), "src", "Observability.Weaver.Build");
        File.WriteAllText(Path.Combine(folder, "Thousand.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
                <ObservabilityWeaveRules>Thousand.*</ObservabilityWeaveRules>
              </PropertyGroup>
              <PropertyGroup>
                <_ObservabilityWeaveTask>{package}/bin/Release/net10.0/Observability.Weaver.Build.dll</_ObservabilityWeaveTask>
              </PropertyGroup>
              <Import Project="{package}/build/Observability.Weaver.Build.targets" />
            </Project>
            """);
        var code = new StringBuilder("namespace Thousand;\n");
        for (var type = 0; type < Types; type++)
        {
            code.AppendLine(CultureInfo.InvariantCulture, $"public static class Type{type}\n{{");
            for (var method = 0; method < Methods; method++)
                code.AppendLine(CultureInfo.InvariantCulture, $"    public static int Method{method}(int number) {{ if (number < 0) throw new System.ArgumentOutOfRangeException(nameof(number)); return number * {method + 2}; }}");
            code.AppendLine("}");
        }
        File.WriteAllText(Path.Combine(folder, "Thousand.cs"), code.ToString());
    }

    [GeneratedRegex(@"^\s*(\d+) ms\s+(\S*Observability\S*)\s+\d+ calls", RegexOptions.Multiline)]
    private static partial Regex TargetLine();
}

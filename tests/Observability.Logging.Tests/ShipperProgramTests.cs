using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>The shippers themselves, with the shipped configurations, over lines of every text of the corpora as a container runtime keeps them.</summary>
public sealed class ShipperProgramTests : IDisposable
{
    /// <summary>Lines that are no JSON: Promtail ends with its input, before it has told the last ones.</summary>
    private static readonly string s_end = string.Concat(Enumerable.Repeat("the end\n", 500));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shipper");
    private readonly string[] _lines = Write();

    [SkippableFact]
    public void Promtail_finds_time_level_and_service_of_every_line()
    {
        var promtail = RequireShipper("promtail");
        var configuration = Read("promtail.yaml").Replace("/run/promtail", _folder.FullName, StringComparison.Ordinal);
        var environment = new Dictionary<string, string?> { ["LOKI_URL"] = "http://127.0.0.1:1" };
        var result = Tool.Run(promtail, ["-stdin", "-dry-run", "-config.expand-env=true", "-config.file=" + Keep("promtail.yaml", configuration)], AsContainer() + s_end, environment: environment);
        Assert.True(result.ExitCode == 0, result.ToString());
        var read = Regex.Matches(result.Output, @"^(\S+)\+0000\t\{level=""error"", service=""api"", stream=""stdout""\}\t(.*)$", RegexOptions.Multiline);
        // Promtail leaves out the last zeros of a fraction.
        Assert.Equal(_lines.Select(line => (Timestamp(line).TrimEnd('Z').TrimEnd('0').TrimEnd('.'), line)), read.Select(entry => (entry.Groups[1].Value, entry.Groups[2].Value)));
    }

    [SkippableFact]
    public void Fluent_Bit_takes_every_line_apart_and_reads_its_time()
    {
        var program = RequireShipper("fluent-bit");
        var log = Keep("app.log", AsContainer());
        Keep("fluent-bit-parsers.conf", Read("fluent-bit-parsers.conf"));
        var input = Read("fluent-bit.conf").Replace("/var/log/containers/*.log", log + "\n    Read_from_Head true\n    Exit_On_Eof true", StringComparison.Ordinal);
        var configuration = Keep("fluent-bit.conf", input[..input.IndexOf("[OUTPUT]", StringComparison.Ordinal)]
            + $"[OUTPUT]\n    Name file\n    Match *\n    Path {_folder.FullName}\n    File read\n    Format plain\n");
        var result = Tool.Run(program, ["-q", "-c", configuration], workingDirectory: _folder.FullName);
        Assert.True(result.ExitCode == 0, result.ToString());
        var records = File.ReadAllLines(Path.Combine(_folder.FullName, "read"));
        Assert.Equal(_lines.Length, records.Length);
        foreach (var (line, record) in _lines.Zip(records)) AssertHolds(LogOutput.Parse(record), LogOutput.Parse(line));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string RequireShipper(string program)
    {
        Skip.If(Tool.Find(program) is null, program + " is not on this machine and in no archive that the tests install from");
        return Tool.Find(program)!;
    }

    private static void AssertHolds(JsonElement record, JsonElement line)
    {
        foreach (var field in line.EnumerateObject()) Assert.True(JsonElement.DeepEquals(field.Value, record.GetProperty(field.Name)), field + "\n" + record);
    }

    private static string[] Write()
    {
        using var output = new LogOutput(options => options.MaxQueueBytes = 64 << 20);
        foreach (var text in Corpora.Texts) output.Logger.LogError(new InvalidOperationException(text), "{Value}", text);
        return output.Lines();
    }

    /// <summary>The format of the Kubernetes container runtime interface.</summary>
    private string AsContainer() => string.Concat(_lines.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"2026-01-01T00:00:00.{i:D9}Z stdout F {line}\n")));

    private static string Timestamp(string line) => LogOutput.Parse(line).GetProperty("timestamp").GetString()!;

    private string Keep(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static string Read(string file) => File.ReadAllText(Repository.File("docs", "log-shippers", file));
}

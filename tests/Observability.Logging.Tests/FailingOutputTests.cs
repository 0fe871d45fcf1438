using System.Text.Json;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>A real process whose output goes away, is full, is closed, or is a terminal.</summary>
public class FailingOutputTests
{
    [SkippableFact]
    public void A_reader_that_goes_away_ends_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell");
        var result = Tool.Run("sh", ["-c", $"(dotnet '{LogLinesApp.File}' return 100000; echo code $? >&2) | head -n 1"], environment: LogLinesApp.Environment);
        Assert.Contains("code 0", result.Error, StringComparison.Ordinal);
        Assert.Equal("line 0", LogOutput.Parse(result.Output).GetProperty("message").GetString());
    }

    [SkippableFact]
    public void A_full_disk_ends_nothing()
    {
        Skip.IfNot(File.Exists("/dev/full"), "/dev/full, a disk without room");
        var result = Tool.Run("sh", ["-c", $"dotnet '{LogLinesApp.File}' return 2000 >/dev/full; echo code $?"], environment: LogLinesApp.Environment);
        Assert.Contains("code 0", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_output_that_is_closed_from_the_start_ends_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell");
        var result = Tool.Run("sh", ["-c", $"dotnet '{LogLinesApp.File}' return 2000 >&-; echo code $?"], environment: LogLinesApp.Environment);
        Assert.Contains("code 0", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_reader_that_comes_back_gets_whole_lines_without_a_gap()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell");
        var folder = Directory.CreateTempSubdirectory("fifo");
        try
        {
            // The first reader takes one line, byte by byte, and goes; the process ends only when it is told to, after the second reader has come.
            var script = $"mkfifo p; dotnet '{LogLinesApp.File}' steady 0 < gate > p & read first < p; (sleep 1; echo > gate) & cat p > second; wait";
            Assert.Equal(0, Tool.Run("sh", ["-c", "mkfifo gate; exec 3<>gate; " + script], workingDirectory: folder.FullName, environment: LogLinesApp.Environment).ExitCode);
            var lines = File.ReadAllLines(Path.Combine(folder.FullName, "second"));
            Judges.Accept(string.Join('\n', lines));
            var numbers = lines.Select(LogOutput.Parse).Where(line => line.TryGetProperty("Number", out _)).Select(line => line.GetProperty("Number").GetInt32()).ToArray();
            Assert.NotEmpty(numbers);
            Assert.Equal(Enumerable.Range(numbers[0], numbers.Length), numbers);
            Assert.Equal("the end", LogOutput.Parse(lines[^1]).GetProperty("message").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableTheory]
    [InlineData("Auto", false)]
    [InlineData("Json", true)]
    public void A_terminal_gets_readable_lines_unless_JSON_is_asked_for(string rendering, bool json)
    {
        var script = Tool.Require("script");
        var environment = new Dictionary<string, string?>(LogLinesApp.Environment) { ["LOG_LINES_RENDERING"] = rendering, ["TERM"] = "xterm", ["NO_COLOR"] = null };
        var lines = Tool.Run(script, ["-qec", $"dotnet '{LogLinesApp.File}' return 3", "/dev/null"], environment: environment).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).Where(line => line.Contains("line 0", StringComparison.Ordinal)).ToArray();
        var line = Assert.Single(lines);
        if (json) Assert.Equal("line 0", LogOutput.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).GetProperty("message").GetString());
        else
        {
            Assert.Contains("\u001b[32minfo \u001b[0m Burst line 0", line, StringComparison.Ordinal);
            Assert.ThrowsAny<JsonException>(() => LogOutput.Parse(line));
        }
    }
}

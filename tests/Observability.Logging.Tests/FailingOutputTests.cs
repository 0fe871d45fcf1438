using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    [SkippableTheory]
    [InlineData("return")]
    [InlineData("exit")]
    [InlineData("throw")]
    public void What_a_reader_that_stalls_does_not_take_before_the_end_is_told_on_the_error_stream(string way)
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell");
        var folder = Directory.CreateTempSubdirectory("stalled");
        try
        {
            var environment = new Dictionary<string, string?>(LogLinesApp.Environment) { ["LOG_LINES_EXIT_WAIT"] = "300" };
            var result = Tool.Run("sh", ["-c", $"mkfifo p; exec 3<>p; dotnet '{LogLinesApp.File}' {way} 2000 >p"], workingDirectory: folder.FullName, environment: environment);
            var lost = Regex.Match(result.Error, "OBS2006: ([0-9]+) log lines were lost").Groups[1].Value;
            // Of what the pipe holds without a reader, some may have been taken by a write that ended.
            Assert.InRange(int.Parse(lost, CultureInfo.InvariantCulture), 2_000 - (65_536 / 100), 2_000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public void A_file_that_cannot_be_opened_is_told_on_the_error_stream_once_and_nowhere_else()
    {
        Skip.If(OperatingSystem.IsWindows(), "/dev/null");
        var environment = new Dictionary<string, string?>(LogLinesApp.Environment) { ["LOG_LINES_DESTINATION"] = "File", ["LOG_LINES_FILE"] = "/dev/null/no/x.log", ["LOG_LINES_EXIT_WAIT"] = "300" };
        var result = Tool.Run("dotnet", [LogLinesApp.File, "return", "2000"], environment: environment);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("OBS2002: Writing log lines to /dev/null/no/x.log failed", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("OBS2006: 2000 log lines were lost", lines[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_disk_that_is_full_in_the_middle_of_a_line_keeps_whole_lines_and_gets_the_rest_when_it_has_room()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell");
        var prlimit = Tool.Require("prlimit");
        var folder = Directory.CreateTempSubdirectory("full");
        try
        {
            // A limit of the file's size stands for the disk's: a write is taken in part, the next one not at all.
            var environment = new Dictionary<string, string?>(LogLinesApp.Environment) { ["LOG_LINES_DESTINATION"] = "File", ["LOG_LINES_FILE"] = Path.Combine(folder.FullName, "app.log") };
            var script = $"""
                mkfifo gate; exec 3<>gate; trap '' XFSZ
                dotnet '{LogLinesApp.File}' steady 0 <gate 2>told & app=$!
                until [ -s app.log ]; do sleep 0.05; done
                {prlimit} --pid $app --fsize=60001:
                until grep -q OBS2002 told; do sleep 0.05; done
                cp app.log full.log
                {prlimit} --pid $app --fsize=unlimited:
                echo >gate; wait $app
                """;
            Assert.Equal(0, Tool.Run("sh", ["-c", script], workingDirectory: folder.FullName, environment: environment).ExitCode);
            Assert.EndsWith("}\n", File.ReadAllText(Path.Combine(folder.FullName, "full.log")), StringComparison.Ordinal);
            var lines = File.ReadAllLines(Path.Combine(folder.FullName, "app.log")).Select(LogOutput.Parse).ToArray();
            Assert.Equal(Enumerable.Range(0, lines.Length - 1), lines.SkipLast(1).Select(line => line.GetProperty("Number").GetInt32()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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

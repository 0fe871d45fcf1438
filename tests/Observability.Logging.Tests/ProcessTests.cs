using System.Globalization;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>A real process, ended in every way there is.</summary>
public class ProcessTests
{
    private const int Lines = 2_000;

    [Theory]
    [InlineData("return", 0)]
    [InlineData("exit", 3)]
    [InlineData("throw", 134)]
    [InlineData("failfast", 134)]
    [InlineData("failfast-flush", 134)]
    [InlineData("failfast-unawares", 134)]
    public void Every_accepted_line_arrives_however_the_process_ends(string way, int code)
    {
        var result = Tool.Run("dotnet", [LogLinesApp.File, way, Lines.ToString(CultureInfo.InvariantCulture)], environment: LogLinesApp.Environment);
        if (!OperatingSystem.IsWindows()) Assert.Equal(code, result.ExitCode);
        AssertBurst(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [SkippableTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task Every_accepted_line_arrives_when_a_signal_ends_the_process(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "POSIX signals");
        await using var process = RunningProcess.Start("dotnet", [LogLinesApp.File, "signal", Lines.ToString(CultureInfo.InvariantCulture)], LogLinesApp.Environment);
        await process.WaitUntil(() => process.Error.Contains("ready"), TimeSpan.FromSeconds(90), "the burst is logged");
        process.Signal(signal);
        await process.WaitForExit(TimeSpan.FromSeconds(90));
        AssertBurst(process.Output);
    }

    [Theory]
    [InlineData("return")]
    [InlineData("exit")]
    [InlineData("throw")]
    public void Lines_that_were_held_back_are_reported_however_the_process_ends(string way)
    {
        var environment = new Dictionary<string, string?>(LogLinesApp.Environment) { ["LOG_LINES_PER_SECOND"] = "0.001" };
        var result = Tool.Run("dotnet", [LogLinesApp.File, way, Lines.ToString(CultureInfo.InvariantCulture)], environment: environment);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LogOutput.Parse).ToArray();
        var heldBack = lines.Where(line => line.TryGetProperty("suppressed", out _)).Sum(line => line.GetProperty("suppressed").GetInt64());
        Assert.True(heldBack > 0);
        Assert.Equal(Lines, lines.Count(line => line.TryGetProperty("Number", out _)) + heldBack);
    }

    [Fact]
    public void Lines_for_the_error_stream_go_there_and_nowhere_else()
    {
        var result = Tool.Run("dotnet", [LogLinesApp.File, "return", Lines.ToString(CultureInfo.InvariantCulture)], environment: new Dictionary<string, string?>(LogLinesApp.Environment) { ["LOG_LINES_DESTINATION"] = "Stderr" });
        Assert.Equal("", result.Output);
        AssertBurst(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Console_WriteLine_beside_it_tears_no_line()
    {
        const int Each = 30_000;
        var result = Tool.Run("dotnet", [LogLinesApp.File, "beside", Each.ToString(CultureInfo.InvariantCulture)], environment: LogLinesApp.Environment);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LogOutput.Parse).ToArray();
        Assert.Equal(Each, lines.Count(line => line.TryGetProperty("plain", out _)));
        Assert.Equal(Each, lines.Count(line => line.TryGetProperty("Number", out _)));
    }

    [SkippableFact]
    public void A_reader_that_stalls_for_two_seconds_loses_no_line_or_every_lost_one_is_counted()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell");
        const int Count = 40_000;
        foreach (var queue in new[] { 16 << 20, 1 << 20 })
        {
            var result = Tool.Run("sh", ["-c", $"dotnet '{LogLinesApp.File}' stall {Count} {queue} | (sleep 2; cat)"], environment: LogLinesApp.Environment);
            Assert.Matches("p99.9 [0-9.]+ max [0-9.]+", result.Error);
            var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LogOutput.Parse).ToArray();
            var dropped = lines.Where(line => line.TryGetProperty("dropped", out _)).Sum(line => line.GetProperty("dropped").GetInt64());
            Assert.Equal(Count, lines.Count(line => line.TryGetProperty("Number", out _)) + dropped);
            Assert.True(queue > 1 << 20 ? dropped == 0 : dropped > 0, dropped.ToString());
        }
    }

    private static void AssertBurst(IEnumerable<string> output)
    {
        var burst = output.Where(line => line.StartsWith('{')).ToArray();
        Judges.Accept(string.Join('\n', burst));
        var numbers = burst.Select(LogOutput.Parse).Where(line => line.TryGetProperty("Number", out _));
        Assert.Equal(Enumerable.Range(0, Lines), numbers.Select(line => line.GetProperty("Number").GetInt32()));
    }
}

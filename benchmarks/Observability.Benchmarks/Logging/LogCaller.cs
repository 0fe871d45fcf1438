using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Observability.Benchmarks.Logging;

/// <summary>One run of the logging process, its output read through a pipe.</summary>
internal sealed partial class LogCaller
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, double> _figures = [];

    private LogCaller()
    {
    }

    public long Lines { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>Lines a second from the first quarter of the expected ones on.</summary>
    public double Rate { get; private set; }

    /// <summary>What the process said of itself; NaN when it did not.</summary>
    public double this[string figure] => _figures.GetValueOrDefault(figure, double.NaN);

    public static LogCaller Run(string peer, string mode, string shape, int amount, bool wait = false, TimeSpan stall = default)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(LogCaller).Assembly.Location);
        foreach (var argument in (string[])["logging-caller", peer, mode, shape, amount.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        start.Environment["LOG_PEER_WAIT"] = wait ? "1" : "0";
        using var process = Process.Start(start)!;
        // A process that hangs ends its run and not the suite; its figures are missing then.
        using var end = new Timer(_ => Kill(process), null, s_longest, Timeout.InfiniteTimeSpan);
        var caller = new LogCaller();
        var said = process.StandardError.ReadToEndAsync();
        if (stall > TimeSpan.Zero) caller.ReadStalling(process.StandardOutput.BaseStream, stall);
        else caller.Read(process.StandardOutput.BaseStream, amount / 4);
        process.WaitForExit();
        foreach (Match match in Figure().Matches(said.GetAwaiter().GetResult())) caller._figures[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return caller;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private void Read(Stream output, int first)
    {
        var buffer = new byte[1 << 20];
        var (clock, before) = (new Stopwatch(), 0L);
        while (output.Read(buffer) is var read and > 0)
        {
            Lines += buffer.AsSpan(0, read).Count((byte)'\n');
            if (clock.IsRunning) Rate = (Lines - before) / clock.Elapsed.TotalSeconds;
            else if (Lines >= first)
            {
                clock.Start();
                before = Lines;
            }
        }
    }

    /// <summary>Reads the warm-up, then looks away for the time, then reads all.</summary>
    private void ReadStalling(Stream output, TimeSpan stall)
    {
        var buffer = new byte[1 << 20];
        var tail = "";
        var stalled = false;
        while (output.Read(buffer) is var read and > 0)
        {
            Lines += buffer.AsSpan(0, read).Count((byte)'\n');
            tail = AddDropped(tail + System.Text.Encoding.UTF8.GetString(buffer, 0, read));
            if (stalled || Lines < LogCallerSuite.StallWarmUp) continue;
            stalled = true;
            // The load begins half a second after the warm-up.
            Thread.Sleep(TimeSpan.FromMilliseconds(600) + stall);
        }
    }

    /// <summary>Adds up what the stream itself says was dropped, and returns the beginning of a line that goes on.</summary>
    private string AddDropped(string text)
    {
        foreach (Match match in DroppedCount().Matches(text[..(text.LastIndexOf('\n') + 1)]))
        {
            Dropped += long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            Lines--;
        }
        return text[(text.LastIndexOf('\n') + 1)..];
    }

    [GeneratedRegex(@"(\w+)=([0-9.]+)")]
    private static partial Regex Figure();

    [GeneratedRegex("\"dropped\":([0-9]+)")]
    private static partial Regex DroppedCount();
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Observability.Benchmarks.Logging;

/// <summary>One run of the logging process, its output read through a pipe.</summary>
internal sealed partial class LogCaller
{
    private readonly Dictionary<string, double> _figures = [];

    private LogCaller()
    {
    }

    public long Lines { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>From the first byte read to the last.</summary>
    public TimeSpan Flow { get; private set; }

    public double this[string figure] => _figures[figure];

    public static LogCaller Run(string peer, string mode, string shape, int count, bool wait = false, TimeSpan stall = default)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(LogCaller).Assembly.Location, "logging-caller", peer, mode, shape, count.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet") start.ArgumentList.RemoveAt(0);
        start.Environment["LOG_PEER_WAIT"] = wait ? "1" : "0";
        start.Environment["DOTNET_TieredPGO"] = "1";
        using var process = Process.Start(start)!;
        var caller = new LogCaller();
        var said = process.StandardError.ReadToEndAsync();
        caller.Read(process.StandardOutput.BaseStream, stall);
        process.WaitForExit();
        foreach (Match match in Figure().Matches(said.GetAwaiter().GetResult())) caller._figures[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return caller;
    }

    private void Read(Stream output, TimeSpan stall)
    {
        var buffer = new byte[1 << 20];
        var tail = "";
        Stopwatch? clock = null;
        while (output.Read(buffer) is var read and > 0)
        {
            if (clock is null)
            {
                clock = Stopwatch.StartNew();
                // The warm-up is read; then the reader looks away.
                if (stall > TimeSpan.Zero) Thread.Sleep(700);
            }
            Lines += buffer.AsSpan(0, read).Count((byte)'\n');
            Flow = clock.Elapsed;
            if (stall > TimeSpan.Zero) tail = Count(tail + System.Text.Encoding.UTF8.GetString(buffer, 0, read));
            if (stall > TimeSpan.Zero && clock.Elapsed < stall) Thread.Sleep(stall);
        }
    }

    /// <summary>Adds up what the stream itself says was dropped, and returns the beginning of a line that goes on.</summary>
    private string Count(string text)
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

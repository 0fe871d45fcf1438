using System.Diagnostics;
using System.Globalization;

namespace Observability.Benchmarks.Logging;

/// <summary>The process that logs while the suite <c>logging</c> reads its output: <c>logging-caller PEER MODE SHAPE AMOUNT</c>. It says its figures on the error stream.</summary>
internal sealed class LogCallerSuite : Suite
{
    /// <summary>Calls that fit the smallest queue of all peers.</summary>
    private const int Round = 1_000;

    public const int StallWarmUp = 2_000;

    public override string Name => "logging-caller";

    public override void Run(Report report, bool quick)
    {
        var arguments = Environment.GetCommandLineArgs().SkipWhile(argument => argument != Name).Skip(1).ToArray();
        if (arguments.Length < 4) throw new ArgumentException("This is run by the suite logging.");
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        using (var factory = LogPeer.Named(arguments[0]))
        {
            var call = LogShape.Named(arguments[2], factory.CreateLogger("Shop.Orders.Controller"));
            var amount = int.Parse(arguments[3], CultureInfo.InvariantCulture);
            switch (arguments[1])
            {
                case "caller": Caller(call, TimeSpan.FromMilliseconds(amount)); break;
                case "through": for (var i = 0; i < amount; i++) call(i); break;
                case "stall": Stall(call, amount); break;
            }
        }
        Environment.Exit(0);
    }

    /// <summary>
    /// Rounds that fit every peer's queue, with pauses in which it empties: what the caller pays, and nothing else. The first half of the time warms up without a
    /// pause, for the runtime optimizes what is called often after some time; of the rest the lower quartile counts, as neighbours on the machine slow some rounds down.
    /// </summary>
    private static void Caller(Action<int> call, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        for (var next = 0; clock.Elapsed < duration / 2; next++) call(next);
        Thread.Sleep(250);
        var rounds = new List<double>();
        var bytes = 0L;
        clock.Restart();
        while (clock.Elapsed < duration / 2)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Round; i++) call(i);
            var elapsed = Stopwatch.GetElapsedTime(start);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Round;
            rounds.Add(elapsed.TotalNanoseconds / Round);
            Thread.Sleep(TimeSpan.FromMilliseconds(20) + elapsed);
        }
        rounds.Sort();
        Say($"nanoseconds={rounds[rounds.Count / 4]:0.0} median={rounds[rounds.Count / 2]:0.0} bytes={bytes}");
    }

    /// <summary>10,000 messages a second whatever the reader does, after a second of warming up.</summary>
    private static void Stall(Action<int> call, int count)
    {
        for (var i = 0; i < StallWarmUp; i++) call(i);
        Thread.Sleep(500);
        var times = new long[count];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            while (clock.Elapsed.TotalMicroseconds < i * 100.0) Thread.Sleep(0);
            var before = Stopwatch.GetTimestamp();
            call(i);
            times[i] = Stopwatch.GetTimestamp() - before;
        }
        Array.Sort(times);
        Say($"p999={times[(int)(count * 0.999)] * 1e6 / Stopwatch.Frequency:0.0} max={times[^1] * 1e6 / Stopwatch.Frequency:0.0}");
    }

    private static void Say(FormattableString text) => Console.Error.WriteLine(FormattableString.Invariant(text));
}

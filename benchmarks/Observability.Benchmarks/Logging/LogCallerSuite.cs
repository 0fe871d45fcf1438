using System.Diagnostics;
using System.Globalization;

namespace Observability.Benchmarks.Logging;

/// <summary>The process that logs while the suite <c>logging</c> reads its output: <c>logging-caller PEER MODE SHAPE COUNT</c>. It says its figures on the error stream.</summary>
internal sealed class LogCallerSuite : Suite
{
    private const int Round = 1_000;
    private readonly Exception[] _exceptions = Enumerable.Range(0, 64).Select(_ => Thrown(10)).ToArray();

    public override string Name => "logging-caller";

    public override void Run(Report report, bool quick)
    {
        var arguments = Environment.GetCommandLineArgs().SkipWhile(argument => argument != Name).Skip(1).ToArray();
        if (arguments.Length < 4) throw new ArgumentException("This is run by the suite logging.");
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        using (var peer = LogPeer.Named(arguments[0]))
        {
            var call = Shape(peer, arguments[2]);
            var count = int.Parse(arguments[3], CultureInfo.InvariantCulture);
            switch (arguments[1])
            {
                case "caller": Caller(call, count); break;
                case "through": for (var i = 0; i < count; i++) call(i); break;
                case "stall": Stall(call, count); break;
            }
        }
        Environment.Exit(0);
    }

    private Action<int> Shape(LogPeer peer, string shape) => shape switch
    {
        "none" => _ => peer.None(),
        "three" => i => peer.Three(i, "GET", 0.125),
        _ => i => peer.Error(_exceptions[i & 63]),
    };

    /// <summary>Rounds that fit every peer's queue, with pauses in which it empties: what the caller pays, and nothing else.</summary>
    private static void Caller(Action<int> call, int rounds)
    {
        var times = new List<double>();
        var bytes = 0L;
        for (var round = 0; round < rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Round; i++) call(i);
            var elapsed = Stopwatch.GetTimestamp() - start;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Round;
            times.Add(elapsed * 1e9 / Stopwatch.Frequency / Round);
            Thread.Sleep(25);
        }
        // The first half warms up: the runtime optimizes what is called often after some time.
        var median = times.Skip(rounds / 2).Order().ElementAt(rounds / 4);
        Say($"nanoseconds={median:0.0} bytes={bytes}");
    }

    /// <summary>10,000 messages a second whatever the reader does, after a second of warming up.</summary>
    private static void Stall(Action<int> call, int count)
    {
        for (var i = 0; i < 2_000; i++) call(i);
        Say($"warm={2_000}");
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

    private static InvalidOperationException Thrown(int depth)
    {
        try
        {
            Throw(depth);
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
        throw new UnreachableException();
    }

    private static void Throw(int depth)
    {
        if (depth == 0) throw new InvalidOperationException("The order could not be stored.");
        Throw(depth - 1);
    }
}

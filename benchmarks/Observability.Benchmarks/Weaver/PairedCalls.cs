using System.Diagnostics;

namespace Observability.Benchmarks.Weaver;

/// <summary>
/// Times loops of calls in turns, round by round, so that what differs by less than a nanosecond is compared within the same milliseconds: between
/// one benchmark and the next, a machine that others use changes by more than that.
/// </summary>
internal sealed class PairedCalls
{
    private const int CallsOfLoop = 1000;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<string, Func<int>> _loops = [];
    private readonly Dictionary<string, double[]> _nanoseconds = [];
    private readonly Dictionary<string, double> _bytes = [];
    private int _sink;

    public void Add(string name, Func<int> loop) => _loops.Add(name, loop);

    public Func<int> this[string name] => _loops[name];

    public double Nanoseconds(string name) => Median(_nanoseconds[name]);

    public double Bytes(string name) => _bytes[name];

    /// <summary>Median of the rounds' differences.</summary>
    public double Over(string name, string other) => Median(_nanoseconds[name].Zip(_nanoseconds[other], (one, two) => one - two));

    public double BytesOver(string name, string other) => _bytes[name] - _bytes[other];

    public void Run(int rounds)
    {
        WarmUp();
        var turns = _loops.ToDictionary(loop => loop.Key, loop => Math.Max(1, (int)(Turn.TotalNanoseconds / Time(loop.Value, 50) / CallsOfLoop)));
        foreach (var name in _loops.Keys) _nanoseconds[name] = new double[rounds];
        for (var round = 0; round < rounds; round++)
            foreach (var (name, loop) in _loops) _nanoseconds[name][round] = Time(loop, turns[name]);
        foreach (var (name, loop) in _loops) _bytes[name] = Allocated(loop);
    }

    /// <summary>Until the JIT's tiers have settled: it waits for a tenth of a second without new code before it goes on.</summary>
    private void WarmUp()
    {
        for (var i = 0; i < 15; i++)
        {
            foreach (var loop in _loops.Values)
                for (var call = 0; call < 40; call++) _sink += loop();
            Thread.Sleep(150);
        }
    }

    /// <summary>Nanoseconds of one call.</summary>
    private double Time(Func<int> loop, int times)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++) _sink += loop();
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / times / CallsOfLoop;
    }

    private double Allocated(Func<int> loop)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _sink += loop();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)CallsOfLoop;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

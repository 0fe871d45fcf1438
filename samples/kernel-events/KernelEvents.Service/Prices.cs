using System.Diagnostics;

namespace KernelEvents.Service;

/// <summary>Work for a processor.</summary>
internal static class Prices
{
    private static readonly Lazy<double> StepsPerSecond = new(Measure);

    /// <summary>Computes until it has used so much of a processor's time, however long that takes.</summary>
    public static double Compute(TimeSpan work)
    {
        var (price, steps) = (1.0, StepsOf(work));
        for (var step = 0L; step < steps; step++) price += Math.Sin(step) / (1 + step);
        return price;
    }

    private static long StepsOf(TimeSpan work) => (long)(StepsPerSecond.Value * work.TotalSeconds);

    /// <summary>The best of several short looks: a machine that is busy with others shows less than it can.</summary>
    private static double Measure()
    {
        const int Steps = 20_000;
        var best = 0.0;
        var sum = 0.0;
        for (var look = 0; look < 50; look++)
        {
            var clock = Stopwatch.StartNew();
            for (var step = 0; step < Steps; step++) sum += Math.Sin(step) / (1 + step);
            best = Math.Max(best, Steps / clock.Elapsed.TotalSeconds);
        }
        return sum > 0 ? best : 1;
    }
}

namespace Observability.Benchmarks.Pipeline;

/// <summary>What one request cost a server in one round.</summary>
internal readonly record struct Measured(double Microseconds, double Bytes, double Spans, double Records, double SentBytes)
{
    public static Measured Median(IEnumerable<Measured> rounds)
    {
        var all = rounds.ToList();
        return new(Median(all.Select(m => m.Microseconds)), Median(all.Select(m => m.Bytes)), Median(all.Select(m => m.Spans)), Median(all.Select(m => m.Records)), Median(all.Select(m => m.SentBytes)));
    }

    public static Measured operator -(Measured left, Measured right) =>
        new(left.Microseconds - right.Microseconds, left.Bytes - right.Bytes, left.Spans - right.Spans, left.Records - right.Records, left.SentBytes - right.SentBytes);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

namespace Observability.Ebpf.Agent.Export;

/// <summary>A distribution of seconds, with the last trace of each bucket.</summary>
internal sealed class LatencyHistogram(string name, string help)
{
    private static readonly double[] Bounds = [0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private readonly Exemplar?[] _exemplars = new Exemplar?[Bounds.Length + 1];
    private double _sum;

    public void Record(double seconds, Exemplar? exemplar)
    {
        var bucket = Array.FindIndex(Bounds, bound => seconds <= bound);
        if (bucket < 0) bucket = Bounds.Length;
        _counts[bucket]++;
        _sum += seconds;
        if (exemplar is not null) _exemplars[bucket] = exemplar;
    }

    public void Write(ExpositionText text)
    {
        text.Family(name, "histogram", "seconds", help);
        long total = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            total += _counts[bucket];
            text.Sample($"{name}_bucket", $"le=\"{(bucket < Bounds.Length ? ExpositionText.Number(Bounds[bucket]) : "+Inf")}\"", total, _exemplars[bucket]);
        }
        text.Sample($"{name}_sum", "", _sum);
        text.Sample($"{name}_count", "", total);
    }
}

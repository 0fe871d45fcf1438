namespace Observability.Sampling;

/// <summary>What a policy says about a span: the threshold that its trace's randomness must reach.</summary>
/// <param name="source">Who says it.</param>
/// <param name="threshold">The threshold, or <see cref="Threshold.Never"/>.</param>
/// <param name="reliable">Whether the threshold is a probability that adjusted counts may be made of.</param>
/// <param name="rate">The rate whose limits a kept span is charged to.</param>
internal readonly struct Verdict(VerdictSource source, long threshold, bool reliable, SamplingRate? rate = null)
{
    public VerdictSource Source { get; } = source;
    public long Threshold { get; } = threshold;
    public bool Reliable { get; } = reliable;
    public SamplingRate? Rate { get; } = rate;
}

using System.Globalization;

namespace Observability.Sampling;

/// <summary>The start attribute <c>sampling.priority</c>: 0 and less drops, 1 and more keeps; anything else says nothing.</summary>
/// <remarks>Every span that carries it is treated alike, so a kept one stands for itself: threshold 0.</remarks>
internal sealed class PriorityPolicy(VerdictSource source) : ISamplingPolicy
{
    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        verdict = default;
        if (facts.Priority is null || Read(facts.Priority) is not { } priority) return false;
        if (priority is > 0 and < 1) return false;
        verdict = priority >= 1 ? new Verdict(source, Threshold.Zero, reliable: true) : new Verdict(source, Threshold.Never, reliable: false);
        return true;
    }

    private static double? Read(object value) => value switch
    {
        int number => number,
        long number => number,
        double number when !double.IsNaN(number) => number,
        float number when !float.IsNaN(number) => number,
        short or byte or sbyte or ushort or uint or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        bool flag => flag ? 1 : 0,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) => number,
        _ => null,
    };
}

using System.Globalization;

namespace Observability.Sampling;

/// <summary>
/// Rejection thresholds: how many of 2^56 traces are dropped. A trace whose randomness is at least the threshold is kept.
/// https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
/// </summary>
internal static class Threshold
{
    /// <summary>Keeps everything.</summary>
    public const long Zero = 0;

    /// <summary>Keeps nothing: a decision that is no probability.</summary>
    public const long Never = -1;

    /// <summary>The number of thresholds, 2^56.</summary>
    public const long Count = 1L << 56;

    /// <summary>The hexadecimal digits of precision that the specification recommends.</summary>
    public const int DefaultPrecision = 4;

    /// <summary>The smallest probability that is not never.</summary>
    public const double MinProbability = 1.0 / Count;

    private const int Digits = 14;

    /// <summary>
    /// The threshold of a probability, rounded to so many hexadecimal digits after the leading f's: what the
    /// specification's probability_to_threshold_with_precision gives, on integers.
    /// </summary>
    public static long FromProbability(double probability, int precision = DefaultPrecision)
    {
        if (!(probability >= MinProbability)) return Never;
        if (probability >= 1) return Zero;
        var threshold = Count - (long)Math.Round(probability * Count, MidpointRounding.AwayFromZero);

        // Each leading f of the threshold is a digit without information about a small probability.
        var leadingFs = Math.Max(0, (-Math.ILogB(probability) - 1) / 4);
        var digits = Math.Min(Digits, precision + leadingFs);
        if (digits == Digits) return threshold;
        var dropped = 4 * (Digits - digits);
        var rounded = (threshold + (1L << (dropped - 1))) >> dropped << dropped;
        return Math.Min(rounded, Count - 1);
    }

    /// <summary>The probability with which a trace is kept.</summary>
    public static double ToProbability(long threshold) => threshold < 0 ? 0 : (Count - threshold) / (double)Count;

    /// <summary>How many traces a kept one stands for.</summary>
    public static double ToAdjustedCount(long threshold) => threshold < 0 ? 0 : Count / (double)(Count - threshold);

    /// <summary>The threshold as <c>th</c> carries it: hexadecimal digits without trailing zeros.</summary>
    public static string ToText(long threshold)
    {
        var digits = threshold.ToString("x14", CultureInfo.InvariantCulture).AsSpan().TrimEnd('0');
        return digits.IsEmpty ? "0" : digits.ToString();
    }

    /// <summary>Reads a <c>th</c>: 1 to 14 lowercase hexadecimal digits. Never on anything else.</summary>
    public static long Parse(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= Digits && TryReadHex(text, out var value) ? value << (4 * (Digits - text.Length)) : Never;

    /// <summary>Lowercase hexadecimal only: the specification lets thresholds be compared as text.</summary>
    public static bool TryReadHex(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        foreach (var character in text)
        {
            var digit = character is >= '0' and <= '9' ? character - '0' : character is >= 'a' and <= 'f' ? character - 'a' + 10 : -1;
            if (digit < 0) return false;
            value = (value << 4) | (uint)digit;
        }
        return true;
    }
}

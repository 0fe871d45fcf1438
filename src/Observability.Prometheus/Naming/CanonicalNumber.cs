using System.Globalization;

namespace Observability.Prometheus.Naming;

/// <summary>
/// Numbers inside labels (<c>le</c>, <c>quantile</c>), where two spellings would be two series: the canonical form of
/// OpenMetrics, which is also what servers write when they read protobuf.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary><c>0.5</c>, <c>1.0</c>, <c>1e+06</c>, <c>+Inf</c>.</summary>
    public static string Text(double value)
    {
        if (double.IsPositiveInfinity(value)) return "+Inf";
        if (double.IsNegativeInfinity(value)) return "-Inf";
        if (double.IsNaN(value)) return "NaN";
        if (value == 0) return "0.0";
        var (negative, digits, exponent) = Decompose(value);
        var text = exponent is < -4 or >= 6 ? Scientific(digits, exponent) : Positional(digits, exponent);
        return negative ? "-" + text : text;
    }

    /// <summary>The shortest text that reads back as the same number, for values that are not <c>le</c>.</summary>
    public static string Plain(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static (bool Negative, string Digits, int Exponent) Decompose(double value)
    {
        // "E16" would not be the shortest: take the shortest text apart instead.
        var text = value.ToString("R", CultureInfo.InvariantCulture).AsSpan();
        var negative = text[0] == '-';
        if (negative) text = text[1..];
        var exponent = 0;
        var e = text.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }
        var point = text.IndexOf('.');
        var digits = point < 0 ? text.ToString() : string.Concat(text[..point], text[(point + 1)..]);
        exponent += (point < 0 ? text.Length : point) - 1;
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits[leading..].TrimEnd('0');
        return (negative, digits, exponent - leading);
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits[0] + "." + digits[1..];
        var magnitude = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return mantissa + (exponent < 0 ? "e-" : "e+") + magnitude;
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        if (digits.Length <= exponent + 1) return digits.PadRight(exponent + 1, '0') + ".0";
        return digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}

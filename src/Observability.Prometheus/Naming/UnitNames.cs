using System.Text;

namespace Observability.Prometheus.Naming;

/// <summary>
/// UCUM units as Prometheus spells them
/// (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1).
/// </summary>
internal static class UnitNames
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tebibytes",
        ["KBy"] = "kilobytes",
        ["kBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["B"] = "bytes",
        ["KB"] = "kilobytes",
        ["MB"] = "megabytes",
        ["GB"] = "gigabytes",
        ["TB"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        // A count is unitless in Prometheus.
        ["1"] = "",
        ["%"] = "percent",
        ["$"] = "dollars",
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The word for a unit, not yet escaped; null when nothing is left of it.</summary>
    public static string? Translate(string? unit)
    {
        if (string.IsNullOrEmpty(unit)) return null;
        var bare = WithoutAnnotations(unit).Trim();
        var slash = bare.IndexOf('/', StringComparison.Ordinal);
        var word = slash < 0 || slash == bare.Length - 1 ? Word(Units, bare) : Rate(bare[..slash].Trim(), bare[(slash + 1)..].Trim());
        return word.Length == 0 ? null : word;
    }

    private static string Rate(string unit, string per)
    {
        var perWord = Word(PerUnits, per);
        var word = Word(Units, unit);
        return word.Length == 0 ? "per_" + perWord : word + "_per_" + perWord;
    }

    private static string Word(Dictionary<string, string> table, string unit) => table.GetValueOrDefault(unit, unit);

    /// <summary>Removes what stands in curly brackets; a bracket without its partner stays.</summary>
    private static string WithoutAnnotations(string unit)
    {
        if (!unit.Contains('{', StringComparison.Ordinal)) return unit;
        var kept = new StringBuilder(unit.Length);
        for (var i = 0; i < unit.Length; i++)
        {
            var end = unit[i] == '{' ? unit.IndexOf('}', i) : -1;
            if (end >= 0) i = end;
            else kept.Append(unit[i]);
        }
        return kept.ToString();
    }
}

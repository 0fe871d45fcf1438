namespace Observability.Prometheus.Naming;

/// <summary>Applies a translation strategy, then the escaping scheme that a server negotiated.</summary>
internal sealed class FamilyNamer(PrometheusTranslationStrategy strategy, NameEscaping escaping)
{
    private const string TotalSuffix = "_total";

    /// <summary>Underscore strategies yield classic names whatever was negotiated.</summary>
    public static NameEscaping Effective(PrometheusTranslationStrategy strategy, NameEscaping negotiated) =>
        strategy is PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes or PrometheusTranslationStrategy.UnderscoreEscapingWithoutSuffixes
            ? NameEscaping.Underscores
            : negotiated;

    private bool AddsSuffixes =>
        strategy is PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes or PrometheusTranslationStrategy.NoUTF8EscapingWithSuffixes;

    public string Label(string key) => NameEscaper.Label(key, escaping);

    public FamilyName Name(string instrument, string? unit, bool isCounter)
    {
        if (!AddsSuffixes)
        {
            var plain = NameEscaper.Metric(instrument, escaping);
            return isCounter && plain.EndsWith(TotalSuffix, StringComparison.Ordinal) && plain.Length > TotalSuffix.Length
                ? new FamilyName(plain[..^TotalSuffix.Length], plain, null)
                : new FamilyName(plain, plain, null);
        }

        var name = isCounter ? WithoutTotal(instrument) : instrument;
        var word = UnitNames.Translate(unit);
        var unitWord = word is null ? null : NameEscaper.Metric(word, NameEscaping.Underscores).Trim('_');
        if (string.IsNullOrEmpty(unitWord)) unitWord = null;
        if (unitWord is not null && !EndsWithWord(name, unitWord)) name += "_" + unitWord;
        if (!isCounter)
        {
            var whole = NameEscaper.Metric(name, escaping);
            return new FamilyName(whole, whole, UnitOf(whole, unitWord));
        }
        var sample = NameEscaper.Metric(name + TotalSuffix, escaping);
        // Escaping doubles or keeps the underscore; either way the sample ends with the suffix that OpenMetrics demands.
        var family = sample[..^TotalSuffix.Length];
        return family.Length == 0 ? new FamilyName("_", "_" + TotalSuffix, null) : new FamilyName(family, sample, UnitOf(family, unitWord));
    }

    private static string? UnitOf(string family, string? unit) =>
        unit is not null && family.EndsWith("_" + unit, StringComparison.Ordinal) ? unit : null;

    private static string WithoutTotal(string name) =>
        name.Length > TotalSuffix.Length && (name.EndsWith(TotalSuffix, StringComparison.Ordinal) || name.EndsWith(".total", StringComparison.Ordinal))
            ? name[..^TotalSuffix.Length]
            : name;

    private static bool EndsWithWord(string name, string word)
    {
        var clean = NameEscaper.Metric(name, NameEscaping.Underscores);
        return clean == word || clean.EndsWith("_" + word, StringComparison.Ordinal);
    }
}

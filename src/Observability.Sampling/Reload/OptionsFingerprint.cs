using System.Globalization;
using System.Text;

namespace Observability.Sampling;

/// <summary>All that options say, as one text. Equal texts mean equal policies: configuration providers announce changes that change nothing.</summary>
internal static class OptionsFingerprint
{
    public static string Of(SamplingOptions options)
    {
        var text = new StringBuilder();
        Add(text, options.Parent, options.TrustRemote, options.HonorPriority, options.RecordAllForMetrics, options.Annotate, options.ServiceName);
        foreach (var rule in options.Rules) Add(text, rule);
        Add(text, options.Default.Ratio, options.Default.MaxPerSecond, options.Default.Burst, options.Default.Algorithm);
        Add(text, options.Limit.MaxPerSecond, options.Limit.Burst, options.Fairness.MinPerMinute, options.Fairness.MaxOperations);
        var force = options.Force;
        Add(text, force.Header, force.Baggage, force.SecretEnv, force.Secret, force.MaxPerSecond, force.MaxTokenAgeSeconds);
        Add(text, Of(options.Remote));
        var tail = options.Tail;
        Add(text, tail.Enabled, tail.KeepErrors, tail.SlowMs, tail.MaxMiB, tail.MaxTraces, tail.MaxAgeSeconds);
        return text.ToString();
    }

    public static string Of(SamplingRemoteOptions remote)
    {
        var text = new StringBuilder();
        Add(text, remote.Jaeger, remote.PollMs, remote.InitialRatio, remote.TimeoutMs);
        return text.ToString();
    }

    private static void Add(StringBuilder text, SamplingRule rule)
    {
        text.Append("rule\n");
        Add(text, rule.Name, rule.Kind, rule.Parent, rule.Drop, rule.Ratio, rule.MaxPerSecond, rule.Burst);
        foreach (var list in new[] { rule.SpanName, rule.Method, rule.Path, rule.Host, rule.UserAgent, rule.Service })
        {
            Add(text, list.Length);
            foreach (var pattern in list) Add(text, pattern);
        }
        Add(text, rule.Attributes.Count);
        foreach (var (key, pattern) in rule.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Add(text, key, pattern);
    }

    /// <summary>Each value with its length, so that no text can pass for two.</summary>
    private static void Add(StringBuilder text, params object?[] values)
    {
        foreach (var value in values)
        {
            var written = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{(value is null ? -1 : written.Length)}:{written}\n");
        }
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Observability.Sampling;

/// <summary>Reads <see cref="SamplingOptions"/> from a configuration section. Never throws; faults are kept for the validator.</summary>
internal static class SamplingOptionsReader
{
    public static void Read(IConfigurationSection section, SamplingOptions options)
    {
        var reader = new SettingsReader(section, options.ReadingFaults);
        reader.OneOf<ParentPolicy>("Parent", value => options.Parent = value);
        reader.Flag("TrustRemote", value => options.TrustRemote = value);
        reader.Flag("HonorPriority", value => options.HonorPriority = value);
        reader.Flag("RecordAllForMetrics", value => options.RecordAllForMetrics = value);
        reader.Flag("Annotate", value => options.Annotate = value);
        reader.Text("ServiceName", value => options.ServiceName = value);
        reader.Groups("Rules", group => options.Rules.Add(Rule(group)));
        reader.Group("Default", group => Default(group, options.Default));
        reader.Group("Limit", group => Limit(group, options.Limit));
        reader.Group("Fairness", group => Fairness(group, options.Fairness));
        reader.Group("Force", group => Force(group, options.Force));
        reader.Group("Remote", group => Remote(group, options.Remote));
        reader.Group("Tail", group => Tail(group, options.Tail));
        reader.ReportUnknown();
    }

    private static SamplingRule Rule(SettingsReader reader)
    {
        var rule = new SamplingRule();
        reader.Text("Name", value => rule.Name = value);
        reader.OneOf<ActivityKind>("Kind", value => rule.Kind = value);
        reader.OneOf<RuleParent>("Parent", value => rule.Parent = value);
        reader.List("SpanName", value => rule.SpanName = value);
        reader.List("Method", value => rule.Method = value);
        reader.List("Path", value => rule.Path = value);
        reader.List("Host", value => rule.Host = value);
        reader.List("UserAgent", value => rule.UserAgent = value);
        reader.List("Service", value => rule.Service = value);
        reader.Map("Attributes", (key, value) => rule.Attributes[key] = value);
        reader.Flag("Drop", value => rule.Drop = value);
        reader.Number("Ratio", value => rule.Ratio = value);
        reader.Number("MaxPerSecond", value => rule.MaxPerSecond = value);
        reader.Number("Burst", value => rule.Burst = value);
        return rule;
    }

    private static void Default(SettingsReader reader, SamplingDefaultOptions options)
    {
        reader.Number("Ratio", value => options.Ratio = value);
        reader.Number("MaxPerSecond", value => options.MaxPerSecond = value);
        reader.Number("Burst", value => options.Burst = value);
        reader.OneOf<SamplingAlgorithm>("Algorithm", value => options.Algorithm = value);
    }

    private static void Limit(SettingsReader reader, SamplingLimitOptions options)
    {
        reader.Number("MaxPerSecond", value => options.MaxPerSecond = value);
        reader.Number("Burst", value => options.Burst = value);
    }

    private static void Fairness(SettingsReader reader, SamplingFairnessOptions options)
    {
        reader.Whole("MinPerMinute", value => options.MinPerMinute = value);
        reader.Whole("MaxOperations", value => options.MaxOperations = value);
    }

    private static void Force(SettingsReader reader, SamplingForceOptions options)
    {
        reader.Text("Header", value => options.Header = value);
        reader.Text("Baggage", value => options.Baggage = value);
        reader.Text("SecretEnv", value => options.SecretEnv = value);
        reader.Text("Secret", value => options.Secret = value);
        reader.Number("MaxPerSecond", value => options.MaxPerSecond = value);
        reader.Whole("MaxTokenAgeSeconds", value => options.MaxTokenAgeSeconds = value);
    }

    private static void Remote(SettingsReader reader, SamplingRemoteOptions options)
    {
        reader.Text("Jaeger", value => options.Jaeger = value);
        reader.Whole("PollMs", value => options.PollMs = value);
        reader.Number("InitialRatio", value => options.InitialRatio = value);
        reader.Whole("TimeoutMs", value => options.TimeoutMs = value);
    }

    private static void Tail(SettingsReader reader, SamplingTailOptions options)
    {
        reader.Flag("Enabled", value => options.Enabled = value);
        reader.Flag("KeepErrors", value => options.KeepErrors = value);
        reader.Whole("SlowMs", value => options.SlowMs = value);
        reader.Whole("MaxMiB", value => options.MaxMiB = value);
        reader.Whole("MaxTraces", value => options.MaxTraces = value);
        reader.Whole("MaxAgeSeconds", value => options.MaxAgeSeconds = value);
    }
}

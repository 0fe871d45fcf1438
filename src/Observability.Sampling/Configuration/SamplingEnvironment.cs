using System.Globalization;

namespace Observability.Sampling;

/// <summary>
/// The standard variables <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> as options.
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
/// </summary>
internal static class SamplingEnvironment
{
    public const string Sampler = "OTEL_TRACES_SAMPLER";
    public const string Argument = "OTEL_TRACES_SAMPLER_ARG";

    private const string ParentPrefix = "parentbased_";

    /// <summary>Sets what the variables say; what cannot be understood is reported and otherwise ignored, as the specification asks.</summary>
    public static void Apply(SamplingOptions options, string? sampler, string? argument, List<string> faults)
    {
        sampler = sampler?.Trim();
        if (string.IsNullOrEmpty(sampler)) return;
        var parentBased = sampler.StartsWith(ParentPrefix, StringComparison.OrdinalIgnoreCase);
        var kind = parentBased ? sampler[ParentPrefix.Length..] : sampler;
        if (kind.Equals("always_on", StringComparison.OrdinalIgnoreCase)) options.Default.Ratio = 1;
        else if (kind.Equals("always_off", StringComparison.OrdinalIgnoreCase)) options.Default.Ratio = 0;
        else if (kind.Equals("traceidratio", StringComparison.OrdinalIgnoreCase)) ApplyRatio(options, argument, faults);
        else if (kind.Equals("jaeger_remote", StringComparison.OrdinalIgnoreCase)) ApplyJaeger(options.Remote, argument, faults);
        else
        {
            faults.Add($"{Sampler} is '{sampler}'. Give always_on, always_off, traceidratio, jaeger_remote, or one of these behind parentbased_.");
            return;
        }
        options.Parent = parentBased ? ParentPolicy.Threshold : ParentPolicy.Ignore;
    }

    private static void ApplyRatio(SamplingOptions options, string? argument, List<string> faults)
    {
        // The name promises the algorithm of before; the specification freezes it until 2027.
        options.Default.Algorithm = SamplingAlgorithm.Legacy;
        options.Default.Ratio = 1;
        if (string.IsNullOrWhiteSpace(argument)) return;
        if (TryReadRatio(argument, out var ratio)) options.Default.Ratio = ratio;
        else faults.Add($"{Argument} is '{argument}'. Give a ratio from 0 to 1.");
    }

    private static void ApplyJaeger(SamplingRemoteOptions options, string? argument, List<string> faults)
    {
        foreach (var part in (argument ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (part, "") : (part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
            switch (key)
            {
                case "endpoint" when Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https":
                    options.Jaeger = value;
                    break;
                case "pollingIntervalMs" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 100 and <= 86_400_000:
                    options.PollMs = milliseconds;
                    break;
                case "initialSamplingRate" when TryReadRatio(value, out var ratio):
                    options.InitialRatio = ratio;
                    break;
                default:
                    faults.Add($"{Argument} has the part {FaultList.Address(part)}. Give endpoint=http://host:port, pollingIntervalMs=100..86400000 or initialSamplingRate=0..1.");
                    break;
            }
        }
        options.Jaeger ??= "http://localhost:5778";
        options.InitialRatio ??= 0.001;
    }

    private static bool TryReadRatio(string text, out double ratio) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) && ratio is >= 0 and <= 1;
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability.Logging;
using Observability.Prometheus;
using Observability.Sampling;

namespace Observability.Configuration;

/// <summary>Takes the faults of the other packages' options into the one list that stops the start-up.</summary>
internal sealed class PartsValidator(IServiceProvider services) : IValidateOptions<ObservabilityOptions>
{
    public ValidateOptionsResult Validate(string? name, ObservabilityOptions options)
    {
        if (!options.Enabled) return ValidateOptionsResult.Success;
        var faults = new List<string>();
        if (options.Logs is { Enabled: true, Json: true }) faults.AddRange(Faults(() => services.GetRequiredService<IOptions<JsonLinesOptions>>().Value).Select(static fault => $"{ObservabilityOptions.SectionName}:Logs:{SettingsShape.JsonLines}:{fault}"));
        if (options.Metrics.Enabled && options.Prometheus.Enabled) faults.AddRange(Faults(() => services.GetRequiredService<IOptions<PrometheusOptions>>().Value));
        if (options.Traces.Enabled)
        {
            var verdict = services.GetRequiredService<SamplingOptionsValidator>().Validate(null, services.GetRequiredService<IOptionsMonitor<SamplingOptions>>().CurrentValue);
            if (verdict.Failed) faults.AddRange(verdict.Failures);
        }
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(Func<object> create)
    {
        try
        {
            _ = create();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
    }
}

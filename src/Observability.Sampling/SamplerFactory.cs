using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Observability.Sampling;

/// <summary>Makes samplers and what belongs to them. The samplers are disposed by the tracer provider that they are set on.</summary>
public sealed class SamplerFactory
{
    private readonly SamplingSurroundings _surroundings;

    /// <summary>Makes a factory.</summary>
    /// <param name="surroundings">Clock, environment, request; null for the system's clock and nothing else.</param>
    public SamplerFactory(SamplingSurroundings? surroundings = null) => _surroundings = surroundings ?? new SamplingSurroundings();

    /// <summary>Makes a sampler of these options. Later changes of the object have no effect.</summary>
    /// <param name="options">The policies.</param>
    /// <exception cref="OptionsValidationException">The options are invalid; every fault is listed.</exception>
    public PolicySampler Create(SamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PolicyHost(_surroundings, options).Sampler;
    }

    /// <summary>
    /// Makes a sampler that follows its options: a valid version with new content is put in force at once, an invalid one is
    /// reported (OBS3001) and the last good one stays.
    /// </summary>
    /// <param name="options">The source of versions.</param>
    /// <exception cref="OptionsValidationException">The first version is invalid; every fault is listed.</exception>
    public PolicySampler CreateReloadable(IOptionsMonitor<SamplingOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new PolicyHost(_surroundings, options.CurrentValue);
        host.Follow(options);
        return host.Sampler;
    }

    /// <summary>Makes the sampler that <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> ask for, or null when they ask for none that is known.</summary>
    /// <param name="faults">What was invalid and therefore ignored.</param>
    public PolicySampler? CreateFromEnvironment(out IReadOnlyList<string> faults)
    {
        var options = new SamplingOptions();
        var name = _surroundings.ReadEnvironment(SamplingEnvironment.Sampler);
        faults = ApplyEnvironment(options, name, _surroundings.ReadEnvironment(SamplingEnvironment.Argument));
        return string.IsNullOrWhiteSpace(name) || faults.Any(fault => fault.StartsWith(SamplingEnvironment.Sampler + " ", StringComparison.Ordinal)) ? null : Create(options);
    }

    /// <summary>Sets on the options what the standard variables say, and tells what was invalid and therefore ignored.</summary>
    /// <param name="options">Options that code and configuration have yet to override.</param>
    /// <param name="sampler">The value of <c>OTEL_TRACES_SAMPLER</c>; <c>xray</c> is not supported.</param>
    /// <param name="argument">The value of <c>OTEL_TRACES_SAMPLER_ARG</c>.</param>
    public static IReadOnlyList<string> ApplyEnvironment(SamplingOptions options, string? sampler, string? argument)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        SamplingEnvironment.Apply(options, sampler, argument, faults);
        return faults;
    }

    /// <summary>
    /// Whether these options ask for a request's path, method, host, user agent or another start attribute, as
    /// <see cref="PolicySampler.NeedsRequestAttributes"/> tells; for hosts that must know before a sampler is made.
    /// </summary>
    /// <param name="options">The policies; they need not be valid.</param>
    public static bool NeedsRequestAttributes(SamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Fairness.MinPerMinute > 0 || options.Rules.Any(rule => rule is not null
            && (rule.Path.Length > 0 || rule.Method.Length > 0 || rule.Host.Length > 0 || rule.UserAgent.Length > 0 || rule.Attributes.Count > 0));
    }

    /// <summary>
    /// Wraps the processor that exports, so that failed and slow local traces that the sampler dropped reach it too.
    /// Returns it unwrapped when <see cref="SamplingTailOptions.Enabled"/> is false. The sampler must be made of the same options.
    /// </summary>
    /// <param name="options">The policies; only <see cref="SamplingOptions.Tail"/> and <see cref="SamplingOptions.Annotate"/> matter.</param>
    /// <param name="export">The exporting processor. It is shut down and disposed with the wrapper.</param>
    /// <exception cref="OptionsValidationException">The options are invalid; every fault is listed.</exception>
    public BaseProcessor<Activity> WrapExport(SamplingOptions options, BaseProcessor<Activity> export)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(export);
        var verdict = new SamplingOptionsValidator(_surroundings.ReadEnvironment).Validate(null, options);
        if (verdict.Failed) throw new OptionsValidationException(nameof(SamplingOptions), typeof(SamplingOptions), verdict.Failures);
        return options.Tail.Enabled ? new TailBufferProcessor(options.Tail.Copy(), export, _surroundings.Time) : export;
    }
}

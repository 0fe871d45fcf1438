using Microsoft.Extensions.Options;

namespace Observability.Sampling;

/// <summary>
/// Holds one sampler and gives it new versions of the policies: whole, valid and different ones only. Everything here
/// happens off the path of spans.
/// </summary>
internal sealed class PolicyHost : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SamplingOptionsValidator _validator;
    private readonly PolicySetBuilder _builder;
    private readonly SamplingMeter _meter;
    private IDisposable? _subscription;
    private string _fingerprint;

    /// <exception cref="OptionsValidationException">The options are invalid; every fault is listed.</exception>
    public PolicyHost(SamplingSurroundings surroundings, SamplingOptions options)
    {
        _validator = new SamplingOptionsValidator(surroundings.ReadEnvironment);
        var verdict = _validator.Validate(null, options);
        if (verdict.Failed) throw new OptionsValidationException(nameof(SamplingOptions), typeof(SamplingOptions), verdict.Failures);

        var counters = new DecisionCounters();
        var notices = new SamplingNotices(surroundings.Time);
        _builder = new PolicySetBuilder(surroundings, notices, counters);
        _fingerprint = OptionsFingerprint.Of(options);
        Sampler = new PolicySampler(_builder.Build(options), notices, this);
        _meter = new SamplingMeter(counters, Sampler);
    }

    public PolicySampler Sampler { get; }

    public void Follow(IOptionsMonitor<SamplingOptions> monitor)
    {
        _subscription = monitor.OnChange((options, name) =>
        {
            if (string.IsNullOrEmpty(name)) Apply(options);
        });

        // A change between the first reading and the subscription would otherwise wait for the next one.
        try
        {
            Apply(monitor.CurrentValue);
        }
        catch (OptionsValidationException invalid)
        {
            SamplingEventSource.Log.ReloadRejected(string.Join(' ', invalid.Failures));
        }
    }

    /// <summary>Puts the options in force when they are valid and say something new. Never throws.</summary>
    public void Apply(SamplingOptions options)
    {
        try
        {
            lock (_gate)
            {
                if (_validator.Validate(null, options) is { Failed: true } verdict)
                {
                    SamplingEventSource.Log.ReloadRejected(string.Join(' ', verdict.Failures));
                    return;
                }
                var fingerprint = OptionsFingerprint.Of(options);
                if (fingerprint == _fingerprint) return;
                Sampler.Policies = _builder.Build(options);
                _fingerprint = fingerprint;
            }
            SamplingEventSource.Log.Reloaded();
        }
        catch (Exception exception)
        {
            // The caller is a configuration provider's change callback, which knows nothing of sampling.
            SamplingEventSource.Log.ReloadRejected(exception.GetType().Name + ": " + exception.Message);
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _meter.Dispose();
    }
}

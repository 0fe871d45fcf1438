using Microsoft.Extensions.Options;

namespace Observability.Sampling;

/// <summary>
/// Holds one sampler and gives it new versions of the policies: whole, valid and different ones only. Everything here
/// happens off the path of spans.
/// </summary>
internal sealed class PolicyHost : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SamplingSurroundings _surroundings;
    private readonly SamplingOptionsValidator _validator;
    private readonly PolicySetBuilder _builder;
    private readonly SamplingMeter _meter;
    private SamplingOptions _options;
    private string _fingerprint;
    private RemoteStrategy? _strategy;
    private string _remoteFingerprint = "";
    private RemotePoller? _poller;
    private IDisposable? _subscription;
    private bool _disposed;

    /// <exception cref="OptionsValidationException">The options are invalid; every fault is listed.</exception>
    public PolicyHost(SamplingSurroundings surroundings, SamplingOptions options)
    {
        _surroundings = surroundings;
        _validator = new SamplingOptionsValidator(surroundings.ReadEnvironment);
        var verdict = _validator.Validate(null, options);
        if (verdict.Failed) throw new OptionsValidationException(nameof(SamplingOptions), typeof(SamplingOptions), verdict.Failures);

        var counters = new DecisionCounters();
        var notices = new SamplingNotices(surroundings.Time);
        _options = options.Copy();
        _builder = new PolicySetBuilder(surroundings, notices, counters);
        _fingerprint = OptionsFingerprint.Of(_options);
        Sampler = new PolicySampler(_builder.Build(_options, strategy: null), notices, this);
        _meter = new SamplingMeter(counters, notices, Sampler);
        CheckRequestAttributes(null);
        lock (_gate) FollowRemote();
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
            if (_validator.Validate(null, options) is { Failed: true } verdict)
            {
                SamplingEventSource.Log.ReloadRejected(string.Join(' ', verdict.Failures));
                return;
            }
            lock (_gate)
            {
                var fingerprint = OptionsFingerprint.Of(options);
                if (_disposed || fingerprint == _fingerprint) return;
                _options = options.Copy();
                _fingerprint = fingerprint;
                FollowRemote();
                var before = Sampler.Policies;
                Sampler.Policies = _builder.Build(_options, _strategy);
                CheckRequestAttributes(before);
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
        lock (_gate)
        {
            _disposed = true;
            _poller?.Dispose();
        }
        _subscription?.Dispose();
        _meter.Dispose();
    }

    /// <summary>Who can read them from the request itself needs no switch.</summary>
    private void CheckRequestAttributes(PolicySet? before)
    {
        if (_surroundings.ReadRequestAttribute is null) RequestAttributeSwitch.Check(before, Sampler.Policies);
    }

    /// <summary>Polls the server that the options name now; a server's strategies do not outlive a change of server.</summary>
    private void FollowRemote()
    {
        var fingerprint = OptionsFingerprint.Of(_options.Remote) + _builder.ServiceName(_options);
        if (fingerprint == _remoteFingerprint) return;
        _remoteFingerprint = fingerprint;
        _poller?.Dispose();
        _poller = null;
        _strategy = null;
        if (string.IsNullOrEmpty(_options.Remote.Jaeger)) return;
        _poller = new RemotePoller(_options.Remote, _builder.ServiceName(_options), _surroundings, strategy => Receive(strategy, fingerprint));
    }

    private void Receive(RemoteStrategy strategy, string fingerprint)
    {
        lock (_gate)
        {
            // An answer that was under way while the server changed is nobody's any more.
            if (_disposed || fingerprint != _remoteFingerprint) return;
            _strategy = strategy;
            Sampler.Policies = _builder.Build(_options, strategy);
        }
    }
}

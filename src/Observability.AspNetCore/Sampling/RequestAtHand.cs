using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Observability.Sampling;

namespace Observability.AspNetCore.Sampling;

/// <summary>
/// Keeps the request that is being served at hand while a sampling policy may ask for its headers: the span of a request is
/// sampled before any middleware runs. Costs nothing until a policy asks, and the usual execution context entry from then on.
/// </summary>
internal sealed class RequestAtHand : IHttpContextAccessor, IDisposable
{
    private readonly HttpContextAccessor _accessor = new();
    private readonly IDisposable? _subscription;
    private volatile bool _wanted;

    public RequestAtHand(IOptionsMonitor<SamplingOptions> sampling)
    {
        _subscription = sampling.OnChange(Watch);
        Watch(sampling.CurrentValue);
    }

    public HttpContext? HttpContext
    {
        get => _accessor.HttpContext;
        set
        {
            // What was put there is always taken away again.
            if (_wanted || value is null) _accessor.HttpContext = value;
        }
    }

    public void Dispose() => _subscription?.Dispose();

    /// <summary>Once wanted, wanted for good: a bad version of the options leaves the policies of the last good one in force.</summary>
    private void Watch(SamplingOptions options)
    {
        if (options.Force.Header is { Length: > 0 } || options.Force.Baggage is { Length: > 0 } || options.Rules.Any(rule => rule?.UserAgent.Length > 0)) _wanted = true;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Observability.AspNetCore.Enrichment;
using Observability.Sampling;

namespace Observability.AspNetCore.Sampling;

/// <summary>
/// Keeps the request that is being served at hand while a sampling policy may ask about it: the span of a request is
/// sampled before any middleware runs. Costs nothing until a policy asks, and the usual execution context entry from then on.
/// </summary>
internal sealed class RequestAtHand : IHttpContextAccessor, IDisposable
{
    private readonly HttpContextAccessor _accessor = new();
    private readonly IDisposable? _subscription;
    private volatile bool _wanted;

    public RequestAtHand(IOptionsMonitor<SamplingOptions> sampling)
    {
        _subscription = sampling.OnChange(Changed);
        if (AsksForHeaders(sampling.CurrentValue)) _wanted = true;
    }

    /// <summary>Whether a policy asks about requests by now.</summary>
    public bool IsWanted => _wanted;

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

    /// <summary>An attribute that ASP.NET Core 10 gives to samplers only under a switch, as it would give it.</summary>
    public string? Attribute(string name)
    {
        if (HttpContext?.Request is not { } request) return null;
        return name switch
        {
            "url.path" => request.PathBase.Add(request.Path) is { HasValue: true } path ? path.ToString() : "/",
            "http.request.method" => KnownMethods.OfTheConventions.Known(request.Method) ?? KnownMethods.Other,
            "server.address" => request.Host.HasValue ? request.Host.Host : null,
            _ => null,
        };
    }

    /// <summary>
    /// Once wanted, wanted for good: a bad version of the options leaves the policies of the last good one in force. Rules on the path
    /// that are there at the start have set the switch; those that come later find it read.
    /// </summary>
    private void Changed(SamplingOptions options)
    {
        var switched = AppContext.TryGetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", out var suppressed) && !suppressed;
        if (AsksForHeaders(options) || (!switched && SamplerFactory.NeedsRequestAttributes(options))) _wanted = true;
    }

    private static bool AsksForHeaders(SamplingOptions options) =>
        options.Force.Header is { Length: > 0 } || options.Force.Baggage is { Length: > 0 } || options.Rules.Any(rule => rule?.UserAgent.Length > 0);
}

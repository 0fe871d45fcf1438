using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling;

/// <summary>
/// The sampler that carries out <see cref="SamplingOptions"/>: a plain OpenTelemetry sampler for any tracer provider.
/// Made by <see cref="SamplerFactory"/>. It never throws and never blocks; its version of the options may be replaced under load.
/// </summary>
public sealed class PolicySampler : Sampler, IDisposable
{
    private readonly SamplingNotices _notices;
    private readonly IDisposable? _owned;
    private PolicySet _policies;
    private bool _asked;

    internal PolicySampler(PolicySet policies, SamplingNotices notices, IDisposable? owned)
    {
        _policies = policies;
        _notices = notices;
        _owned = owned;
        Description = nameof(PolicySampler);
    }

    /// <summary>
    /// Whether a policy asks for a request's path, method, host, user agent or another start attribute. ASP.NET Core 10
    /// gives them to samplers only under the AppContext switch
    /// <c>Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData=false</c>, which costs allocations per request.
    /// </summary>
    public bool NeedsRequestAttributes => Policies.Traits.NeedsRequestAttributes;

    /// <summary>Whether a tracer provider has asked this sampler yet. False beside recorded spans means that another sampler is in charge.</summary>
    public bool WasAsked => _asked;

    internal PolicySet Policies
    {
        get => Volatile.Read(ref _policies);
        set => Volatile.Write(ref _policies, value);
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (!_asked) _asked = true;
        try
        {
            return Policies.Decide(in samplingParameters);
        }
        catch (Exception exception)
        {
            // The application's own code runs in here too: attribute collections, a header reader. Nothing of it may
            // reach the code that starts a span.
            _notices.Contained(exception);
            return new SamplingResult((samplingParameters.ParentContext.TraceFlags & ActivityTraceFlags.Recorded) != 0);
        }
    }

    /// <summary>A dry run: tells which rule a request would hit, and why the others would not. Nothing is counted, granted or charged.</summary>
    /// <param name="request">The request to imagine.</param>
    public SamplingExplanation Explain(SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Rehearsal.Of(request, Policies);
    }

    /// <summary>Stops polling and listening for new options. Decisions go on with the last version.</summary>
    public void Dispose() => _owned?.Dispose();
}

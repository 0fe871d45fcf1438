using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Sampling;

/// <summary>
/// A caller who knows the secret has its trace kept. Asked where a trace enters the process: a span with a local parent
/// follows that. Forced spans carry no threshold: they are no sample of anything.
/// </summary>
internal sealed class ForcedPolicy : ISamplingPolicy
{
    private readonly VerdictSource _source;
    private readonly string? _header;
    private readonly string? _headerAttribute;
    private readonly string? _baggage;
    private readonly byte[] _secret;
    private readonly TimeSpan _maxAge;
    private readonly HardLimit _limit;
    private readonly TimeProvider _time;
    private readonly SamplingNotices _notices;

    public ForcedPolicy(VerdictSource source, SamplingForceOptions options, byte[] secret, HardLimit limit, TimeProvider time, SamplingNotices notices)
    {
        _source = source;
        _header = options.Header;
#pragma warning disable CA1308 // OpenTelemetry's convention for header attributes is lower case.
        _headerAttribute = options.Header is { Length: > 0 } header ? "http.request.header." + header.ToLowerInvariant() : null;
#pragma warning restore CA1308
        _baggage = options.Baggage;
        _secret = secret;
        _maxAge = TimeSpan.FromSeconds(options.MaxTokenAgeSeconds);
        _limit = limit;
        _time = time;
        _notices = notices;
    }

    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        verdict = default;
        if (facts.Situation == ParentSituation.Local || FindToken(ref facts) is not { Length: > 0 } token) return false;
        if (ForceToken.WhyRefused(token, _secret, _time.GetUtcNow(), _maxAge) is { } why)
        {
            if (!facts.IsRehearsal) _notices.ForceRefused(why);
            return false;
        }
        if (!facts.IsRehearsal && !_limit.TryTake())
        {
            _notices.ForceRefused("Force:MaxPerSecond is used up.");
            return false;
        }
        verdict = new Verdict(_source, Threshold.Zero, reliable: false);
        return true;
    }

    private string? FindToken(ref SpanFacts facts)
    {
        string? token = null;
        if (_headerAttribute is not null && facts.Parameters.Kind is ActivityKind.Server or ActivityKind.Consumer)
        {
            token = facts.Attribute(_headerAttribute) switch
            {
                string text => text,
                string[] { Length: > 0 } texts => texts[0],
                _ => facts.Header(_header!),
            };
        }
        if (string.IsNullOrEmpty(token) && _baggage is not null)
        {
            // ASP.NET Core reads baggage only after the span has been sampled; the header is there before.
            token = Baggage.Current.GetBaggage(_baggage) ?? BaggageHeader.Find(facts.Header("baggage"), _baggage);
        }
        return token;
    }
}

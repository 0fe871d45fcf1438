using System.Diagnostics;
using System.Runtime.Intrinsics;
using OpenTelemetry.Trace;

namespace Observability.Sampling;

/// <summary>What is known about a span when it starts: read once per decision, on the stack.</summary>
internal ref struct SpanFacts
{
    private readonly Func<string, string?>? _header;
    private readonly ref readonly SamplingParameters _parameters;
    private long _randomness = -1;
    private bool _agentAsked;

    public SpanFacts(in SamplingParameters parameters, PolicySetTraits traits, bool rehearsal = false)
    {
        _parameters = ref parameters;
        _header = rehearsal ? null : traits.Header;
        IsRehearsal = rehearsal;
        var parent = parameters.ParentContext;
        HasParent = parent.TraceId != default;
        Situation = !HasParent ? ParentSituation.None : parent.IsRemote ? ParentSituation.Remote : ParentSituation.Local;
        Inherits = traits.Inherits && HasParent && (traits.TrustRemote || Situation == ParentSituation.Local);
        ParentSampled = (parent.TraceFlags & ActivityTraceFlags.Recorded) != 0;
        ParentTraceIdIsRandom = ((int)parent.TraceFlags & 0x02) != 0;
        TraceState = parent.TraceState;
        Otel = OtelTraceState.Read(TraceState);
        Circumstance = Circumstances.Of(parameters.Kind, Situation, Inherits);
        if ((traits.Needs & FactNeeds.Attributes) != 0 && parameters.Tags is not null) StartAttributes.Collect(parameters.Tags, ref this);
        if (traits.RequestAttribute is { } ask && !rehearsal && parameters.Kind == ActivityKind.Server && Situation != ParentSituation.Local) AskRequest(ask, traits.Needs);
        if ((traits.Needs & FactNeeds.Method) != 0) MethodHead = TextHead.Of(Method);
        if ((traits.Needs & FactNeeds.Path) != 0) PathHead = TextHead.Of(Path);
        if ((traits.Needs & FactNeeds.Host) != 0) HostHead = TextHead.Of(Host);
        if ((traits.Needs & FactNeeds.SpanName) != 0) NameHead = TextHead.Of(parameters.Name);
    }

    public readonly ref readonly SamplingParameters Parameters => ref _parameters;

    /// <summary>Whether the span is only imagined: nothing may be granted to it.</summary>
    public bool IsRehearsal { get; }

    public bool HasParent { get; }
    public ParentSituation Situation { get; }

    /// <summary>Whether a parent that may decide is there.</summary>
    public bool Inherits { get; }

    public bool ParentSampled { get; }

    /// <summary>W3C Trace Context level 2's random flag.</summary>
    public bool ParentTraceIdIsRandom { get; }

    public string? TraceState { get; }
    public OtelTraceState Otel { get; }

    /// <summary>The bit of <see cref="Circumstances"/> for this span.</summary>
    public uint Circumstance { get; }

    public Vector128<byte> MethodHead { get; }
    public Vector128<byte> PathHead { get; }
    public Vector128<byte> HostHead { get; }
    public Vector128<byte> NameHead { get; }

    public string? Path { get; set; }
    public string? Method { get; set; }
    public string? Host { get; set; }
    public string? UserAgent { get; set; }
    public object? Priority { get; set; }

    /// <summary>The trace's number: <c>rv</c> where it is given, the trace id's trailing bits otherwise.</summary>
    public long Randomness => _randomness >= 0 ? _randomness
        : _randomness = Otel.Randomness >= 0 ? Otel.Randomness : Sampling.Randomness.OfTraceId(_parameters.TraceId);

    /// <summary>What start attributes did not tell: ASP.NET Core 10 gives them under a switch that is read when the host is built.</summary>
    private void AskRequest(Func<string, string?> ask, FactNeeds needs)
    {
        if ((needs & FactNeeds.Path) != 0) Path ??= ask("url.path");
        if ((needs & FactNeeds.Method) != 0) Method ??= ask("http.request.method");
        if ((needs & FactNeeds.Host) != 0) Host ??= ask("server.address");
    }

    /// <summary>The user agent as attribute, else as the request's header.</summary>
    public string? ReadUserAgent()
    {
        if (UserAgent is null && !_agentAsked && _header is not null && _parameters.Kind == ActivityKind.Server) UserAgent = _header("User-Agent");
        _agentAsked = true;
        return UserAgent;
    }

    public readonly object? Attribute(string key) => StartAttributes.Find(_parameters.Tags, key);

    public readonly string? Header(string name) => _header?.Invoke(name);
}

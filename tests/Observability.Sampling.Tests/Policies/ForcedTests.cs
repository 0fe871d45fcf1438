using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using TestPeers;

namespace Observability.Sampling.Tests;

public class ForcedTests
{
    private const string Secret = "correct horse battery staple";

    private readonly VirtualTime _time = new();

    [Fact]
    public void A_good_token_keeps_the_trace_without_a_threshold_and_says_why()
    {
        using var sampler = Make(_ => Token(60));
        var result = sampler.ShouldSample(Spans.Request("GET", "/"));
        Assert.Equal(SamplingDecision.RecordAndSample, result.Decision);
        Assert.Null(result.TraceStateString);
        Assert.Contains(new KeyValuePair<string, object>("sampling.reason", "forced"), result.Attributes);
    }

    [Fact]
    public void A_forced_trace_under_an_unsampled_caller_loses_the_caller_s_threshold_and_keeps_the_rest()
    {
        using var sampler = Make(_ => Token(60));
        var result = sampler.ShouldSample(Spans.Child(sampled: false, "ot=th:c;rv:6e6d1a75832a2f,foo=1", kind: ActivityKind.Server));
        Assert.Equal(SamplingDecision.RecordAndSample, result.Decision);
        Assert.Equal("ot=rv:6e6d1a75832a2f,foo=1", result.TraceStateString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData(Secret)]
    [InlineData("99999999999.00")]
    [InlineData("1767229200.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("1767225660.0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("-767225660.0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_bad_token_forces_nothing(string token)
    {
        using var sampler = Make(_ => token);
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Request("GET", "/")).Decision);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3601)]
    public void A_token_that_has_expired_or_expires_too_far_ahead_forces_nothing(int seconds)
    {
        using var sampler = Make(_ => Token(seconds));
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Request("GET", "/")).Decision);
    }

    [Fact]
    public void A_token_of_another_secret_is_refused_and_reported_once_a_minute()
    {
        using var events = new SamplingEvents();
        using var sampler = Make(_ => ForceToken.Create("another secret altogether", _time.GetUtcNow().AddSeconds(60)));
        for (var i = 0; i < 100; i++) Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Request("GET", "/")).Decision);
        Assert.Contains("does not fit the secret", Assert.Single(events.Ids(3006)), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(61));
        sampler.ShouldSample(Spans.Request("GET", "/"));
        Assert.Equal(2, events.Ids(3006).Count());
    }

    [Fact]
    public void Forcing_is_limited_and_the_rules_decide_beyond()
    {
        using var sampler = Make(_ => Token(600));
        var kept = 0;
        for (var second = 0; second < 60; second++)
        {
            for (var i = 0; i < 100; i++) kept += sampler.ShouldSample(Spans.Request("GET", "/")).Decision == SamplingDecision.RecordAndSample ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(kept, 5 * 60 * 0.95, 5 * 61 * 1.05);
    }

    [Fact]
    public void A_token_comes_as_start_attribute_as_baggage_header_and_as_current_baggage()
    {
        using var byAttribute = Make(_ => null);
        Assert.Equal(SamplingDecision.RecordAndSample, byAttribute.ShouldSample(Spans.Root(kind: ActivityKind.Server,
            attributes: new KeyValuePair<string, object?>("http.request.header.x-obs-debug", new[] { Token(60) }))).Decision);

        using var byBaggageHeader = Make(header => header == "baggage" ? $"a=1;p=2, obs.force = {Token(60)};x=y ,b=2" : null);
        Assert.Equal(SamplingDecision.RecordAndSample, byBaggageHeader.ShouldSample(Spans.Request("GET", "/")).Decision);

        Baggage.SetBaggage("obs.force", Token(60));
        using var byBaggage = Make(_ => null);
        Assert.Equal(SamplingDecision.RecordAndSample, byBaggage.ShouldSample(Spans.Root(kind: ActivityKind.Consumer)).Decision);
        Baggage.ClearBaggage();
    }

    [Fact]
    public void A_header_on_a_span_with_a_local_parent_is_not_looked_at()
    {
        using var sampler = Make(_ => throw new InvalidOperationException("looked at"));
        using var events = new SamplingEvents();
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Child(sampled: false, remote: false, kind: ActivityKind.Server)).Decision);
        Assert.Empty(events.Ids(3008));
    }

    [SkippableFact]
    public void The_shell_line_of_the_documentation_makes_a_good_token()
    {
        var shell = Tool.Require("sh");
        Tool.Require("openssl");
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var line = $"E=$(({now}+300)); echo $E.$(printf %s $E | openssl dgst -sha256 -hmac \"$OBS_KEY\" -r | cut -d' ' -f1)";
        var made = Tool.Run(shell, ["-c", line], environment: new Dictionary<string, string?> { ["OBS_KEY"] = Secret });
        Assert.Equal(ForceToken.Create(Secret, _time.GetUtcNow().AddSeconds(300)), made.Output.Trim());
    }

    private string Token(int seconds) => ForceToken.Create(Secret, _time.GetUtcNow().AddSeconds(seconds));

    private PolicySampler Make(Func<string, string?> header) =>
        new SamplerFactory(new SamplingSurroundings
        {
            Time = _time,
            ReadEnvironment = name => name == "OBS_KEY" ? Secret : null,
            ReadRequestHeader = header,
        }).Create(new SamplingOptions
        {
            Default = { Ratio = 0 },
            Force = { Header = "x-obs-debug", Baggage = "obs.force", SecretEnv = "OBS_KEY" },
        });
}

using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling;

/// <summary>Runs the policies on an imagined span.</summary>
internal static class Rehearsal
{
    public static SamplingExplanation Of(SamplingRequest request, PolicySet policies)
    {
        var named = request.TraceId != default ? request.TraceId : request.Parent.TraceId;
        var parameters = new SamplingParameters(
            request.Parent, named != default ? named : ActivityTraceId.CreateRandom(), request.SpanName, request.Kind, Attributes(request));
        var facts = new SpanFacts(in parameters, policies.Traits, rehearsal: true);
        var verdict = policies.Judge(ref facts);
        var byChance = verdict is { Reliable: false, Rate: not null } || verdict.Threshold > 0;
        var rules = new List<RuleExplanation>();
        foreach (var rule in policies.Rules)
        {
            var miss = rule.Matcher.FirstMiss(ref facts);
            rules.Add(new RuleExplanation(rule.Source.Rule, miss == RuleCondition.None ? null : miss.ToString()));
        }
        return new SamplingExplanation(
            verdict.Source.Rule,
            (string)verdict.Source.Attributes[1].Value,
            Probability(in verdict),
            byChance && named == default ? null : policies.Keeps(in verdict, ref facts),
            rules);
    }

    /// <summary>A legacy ratio has no threshold: its verdict alone would say all or nothing.</summary>
    private static double Probability(in Verdict verdict) =>
        verdict is { Reliable: false, Rate: { } rate } ? rate.CurrentProbability() : Threshold.ToProbability(verdict.Threshold);

    private static KeyValuePair<string, object?>[] Attributes(SamplingRequest request)
    {
        var attributes = request.Attributes.ToList();
        void Add(string key, string? value)
        {
            if (value is not null) attributes.Add(new(key, value));
        }
        Add("http.request.method", request.Method);
        Add("url.path", request.Path);
        Add("server.address", request.Host);
        Add("user_agent.original", request.UserAgent);
        return [.. attributes];
    }
}

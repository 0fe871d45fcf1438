using System.Diagnostics.Metrics;

namespace Observability.Sampling;

/// <summary>The meter <c>Observability.Sampling</c>: read when somebody collects, so that decisions pay for their counter alone.</summary>
internal sealed class SamplingMeter : IDisposable
{
    public const string Name = "Observability.Sampling";

    private static readonly DecisionOutcome[] Outcomes = [DecisionOutcome.Kept, DecisionOutcome.Dropped, DecisionOutcome.Recorded];
    private static readonly string[] OutcomeTexts = ["kept", "dropped", "recorded"];

    private readonly Meter _meter = new(Name);
    private readonly DecisionCounters _counters;
    private readonly PolicySampler _sampler;

    public SamplingMeter(DecisionCounters counters, SamplingNotices notices, PolicySampler sampler)
    {
        _counters = counters;
        _sampler = sampler;
        _meter.CreateObservableCounter("observability.sampling.decisions", Decisions, "{span}",
            "Sampling decisions by the rule that made them (sampling.rule) and outcome: kept, dropped, or recorded without being exported.");
        _meter.CreateObservableGauge("observability.sampling.effective_ratio", EffectiveRatios, "1",
            "The share of traces that a rule keeps now: its ratio under its limit and the limit over all.");
        _meter.CreateObservableCounter("observability.sampling.force_refused", () => notices.Refusals, "{request}",
            "Requests to force a trace whose token was not good, or for which Force:MaxPerSecond was used up.");
        _meter.CreateObservableCounter("observability.sampling.failures", () => notices.Failures, "{span}",
            "Decisions that failed; the span followed its parent.");
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Decisions()
    {
        foreach (var counter in _counters.All)
        {
            foreach (var outcome in Outcomes)
            {
                var total = counter.Total(outcome);
                if (total > 0) yield return new Measurement<long>(total, new("sampling.rule", counter.Rule), new("outcome", OutcomeTexts[(int)outcome]));
            }
        }
    }

    private IEnumerable<Measurement<double>> EffectiveRatios() =>
        _sampler.Policies.Rates.Select(rate => new Measurement<double>(rate.Rate?.CurrentProbability() ?? 0, new KeyValuePair<string, object?>("sampling.rule", rate.Source.Rule)));
}

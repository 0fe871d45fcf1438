namespace Observability.Sampling;

/// <summary>What the policies would say about a request.</summary>
/// <param name="Rule">The rule, or the built-in policy, that decides: default, parent, forced, priority, remote.</param>
/// <param name="Reason">The kind of decision, as <c>sampling.reason</c> would have it.</param>
/// <param name="Probability">The share of such traces that is kept now, 0 to 1.</param>
/// <param name="Kept">Whether this very trace would be kept; null when the request names no trace id and chance decides.</param>
/// <param name="Rules">Every rule, and the first of its conditions that does not hold.</param>
public sealed record SamplingExplanation(string Rule, string Reason, double Probability, bool? Kept, IReadOnlyList<RuleExplanation> Rules)
{
    /// <summary>One line for people, e.g. <c>kept with probability 0.05 by default</c>.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(Kept is { } kept ? kept ? "kept, " : "dropped, " : "")}probability {Probability:0.######} by {Rule} ({Reason})");
}

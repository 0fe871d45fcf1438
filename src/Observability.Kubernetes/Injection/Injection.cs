using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>What to do to a pod.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">The same for people, as it is written on the pod.</param>
/// <param name="Patch">The operations of a JSON Patch (RFC 6902); empty when there is nothing to do.</param>
internal sealed record Injection(InjectionOutcome Outcome, string Reason, JsonArray Patch)
{
    public static Injection NotAsked { get; } = new(InjectionOutcome.NotAsked, "", []);
}

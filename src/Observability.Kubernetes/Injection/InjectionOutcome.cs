namespace Observability.Kubernetes.Injection;

/// <summary>What became of a pod.</summary>
internal enum InjectionOutcome
{
    /// <summary>The pod did not ask.</summary>
    NotAsked,

    /// <summary>The patch puts something in.</summary>
    Injected,

    /// <summary>Everything is in already: the webhook was called again.</summary>
    Unchanged,

    /// <summary>The pod asked, and none of its chosen containers can be served.</summary>
    Refused,
}

namespace Observability.Ebpf.Agent.Events;

/// <summary>How sure it is that an event belongs to its span; <c>enum attribution</c> of <c>bpf/contract.h</c>.</summary>
internal enum Attribution : uint
{
    /// <summary>No span is known.</summary>
    None,

    /// <summary>The newest span of the connection.</summary>
    Last,

    /// <summary>The span whose very bytes they were.</summary>
    Exact,

    /// <summary>The span that the thread executed.</summary>
    Thread,
}

namespace Observability.Ebpf.Agent.Events;

/// <summary><c>enum kind</c> of <c>bpf/contract.h</c>.</summary>
internal enum KernelEventKind : uint
{
    Retransmit = 1,
    Connect = 2,
    RoundTrip = 3,
    ResetReceived = 4,
    ResetSent = 5,
    Drop = 6,
    RunQueue = 7,
    Close = 8,
    SocketError = 9,
}

using Observability.Ebpf.Agent.Events;

namespace Observability.Ebpf.Agent.Kernel;

/// <summary>The two maps that the agent shares with its programs as memory: what they shall do, and what they could not report.</summary>
internal sealed unsafe class KernelMemory : IDisposable
{
    private const int Kinds = 10;
    private const int ReadWrite = 3;
    private const int Shared = 1;

    private readonly ulong* _losses;
    private readonly byte* _control;

    /// <exception cref="IOException">The maps cannot be mapped.</exception>
    public KernelMemory(int losses, int control)
    {
        _losses = (ulong*)Libc.Map(null, (nuint)Environment.SystemPageSize, ReadWrite, Shared, losses, 0);
        _control = (byte*)Libc.Map(null, (nuint)Environment.SystemPageSize, ReadWrite, Shared, control, 0);
        if ((nint)_losses == -1 || (nint)_control == -1) throw new IOException("the programs' settings cannot be mapped");
    }

    /// <summary>Writes <c>struct settings</c> of <c>bpf/contract.h</c>; it holds from the next event on.</summary>
    public void Set(AgentOptions options)
    {
        *(ulong*)_control = (ulong)((options.RunQueueMilliseconds ?? 0) * 1e6);
        var flags = (uint*)(_control + 8);
        flags[0] = options.RunQueueMilliseconds is null ? 0u : 1u;
        flags[1] = options.Drops ? 1u : 0u;
        flags[2] = options.RoundTrips ? 1u : 0u;
        flags[3] = options.Untagged ? 1u : 0u;
        flags[4] = options.Threads ? 1u : 0u;
    }

    public IReadOnlyList<(string Kind, string Ring, ulong Count)> Losses()
    {
        var losses = new List<(string, string, ulong)>();
        for (var kind = 1; kind < Kinds; kind++)
        {
            var name = ((KernelEventKind)kind).ToString();
            losses.Add((name, "agent", Volatile.Read(ref _losses[kind])));
            losses.Add((name, "tenant", Volatile.Read(ref _losses[Kinds + kind])));
        }
        return losses;
    }

    public void Dispose()
    {
        Libc.Unmap(_losses, (nuint)Environment.SystemPageSize);
        Libc.Unmap(_control, (nuint)Environment.SystemPageSize);
    }
}

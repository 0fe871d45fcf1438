using Observability.Ebpf.Native;

namespace Observability.Ebpf.Slots;

/// <summary>What an agent has pinned for this tenant. The maps stay when the agent is restarted, and so does what is written into them.</summary>
internal sealed unsafe class AgentMaps
{
    private readonly int _sockets;
    private readonly int _threads;
    private readonly int _events;

    private readonly uint _number;

    private AgentMaps(int sockets, int threads, int events, SlotArray slots, uint number)
    {
        _number = number;
        _sockets = sockets;
        _threads = threads;
        _events = events;
        Slots = slots;
    }

    public SlotArray Slots { get; }

    public int Events => _events;

    /// <summary>Null, and why, when there are no maps or this process may not use them.</summary>
    public static AgentMaps? Open(string folder, out string reason)
    {
        reason = "";
        if (!Directory.Exists(folder))
        {
            reason = "there is no such folder";
            return null;
        }
        var (sockets, slots) = (BpfMaps.OpenPinned(Path.Combine(folder, "sockets")), BpfMaps.OpenPinned(Path.Combine(folder, "slots")));
        var (threads, events) = (BpfMaps.OpenPinned(Path.Combine(folder, "threads")), BpfMaps.OpenPinned(Path.Combine(folder, "events")));
        var (length, count) = slots < 0 ? default : BpfMaps.Shape(slots);
        var memory = length == SlotLayout.Length ? BpfMaps.MapMemory(slots, count * length, writable: true) : null;
        var number = slots < 0 ? 0 : BpfMaps.NumberOf(slots);
        if (slots >= 0) BpfMaps.Close(slots);
        if (sockets >= 0 && memory is not null) return new AgentMaps(sockets, threads, events, new SlotArray(memory, count, (uint)Environment.ProcessId), number);
        reason = slots < 0 || sockets < 0 ? $"error {-Math.Min(slots, sockets)}" : "the agent's version is another";
        foreach (var map in new[] { sockets, threads, events }) if (map >= 0) BpfMaps.Close(map);
        return null;
    }

    /// <summary>Whether other maps have been pinned in the folder since: the agent's file system was mounted anew, or its pins were deleted. No pins at all is an agent that is away.</summary>
    public bool AreReplaced(string folder)
    {
        var slots = BpfMaps.OpenPinned(Path.Combine(folder, "slots"));
        if (slots < 0) return false;
        var number = BpfMaps.NumberOf(slots);
        BpfMaps.Close(slots);
        return number != 0 && number != _number;
    }

    /// <summary>One system call a connection: from now on the kernel finds the slot by the socket.</summary>
    public Slot? Bind(int descriptor, ulong cookie)
    {
        if (Slots.Claim(cookie, descriptor) is not { } slot) return null;
        var value = (ulong)slot.Number;
        if (BpfMaps.Set(_sockets, &descriptor, &value) >= 0 && KernelSocket.Cookie(descriptor) == cookie) return slot;
        slot.Release();
        return null;
    }

    public Slot? BindThread(int thread)
    {
        if (_threads < 0 || Slots.Claim((ulong)thread, -1) is not { } slot) return null;
        var number = (uint)slot.Number;
        if (BpfMaps.Set(_threads, &thread, &number) >= 0) return slot;
        slot.Release();
        return null;
    }

    public void UnbindThread(int thread, Slot slot)
    {
        _ = BpfMaps.Delete(_threads, &thread);
        slot.Release();
    }
}

namespace Observability.Ebpf.Slots;

/// <summary>The tenant's array of slots, shared with the kernel and with other processes of the tenant. Slot 0 is the tenant's own: it says who reads the events.</summary>
internal sealed unsafe class SlotArray
{
    private readonly SlotLayout* _slots;
    private readonly uint _count;
    private readonly uint _process;
    private int _next;

    public SlotArray(void* memory, uint count, uint process)
    {
        _slots = (SlotLayout*)memory;
        _count = count;
        _process = process;
    }

    /// <summary>Null when all are taken by living connections.</summary>
    public Slot? Claim(ulong cookie, int descriptor)
    {
        for (var attempt = 0; attempt < _count; attempt++)
        {
            var number = (int)((uint)Interlocked.Increment(ref _next) % _count);
            if (number == 0) continue;
            var slot = _slots + number;
            var owner = Volatile.Read(ref slot->Owner);
            if (owner != 0 && !IsAbandoned(slot, owner)) continue;
            // A slot that this process held is taken back by way of free, so that of two threads one wins.
            if (owner != 0 && Interlocked.CompareExchange(ref slot->Owner, 0, owner) != owner) continue;
            if (Interlocked.CompareExchange(ref slot->Owner, _process, 0) != 0) continue;
            Volatile.Write(ref slot->Cookie, 0);
            Volatile.Write(ref slot->Head, 0);
            Volatile.Write(ref slot->Closed, 0);
            Volatile.Write(ref slot->Cookie, cookie);
            return new Slot(slot, number, cookie, descriptor, this);
        }
        return null;
    }

    /// <summary>Whether this process may read the tenant's events: a ring has one reader.</summary>
    public bool ClaimEvents()
    {
        var owner = Volatile.Read(ref _slots->Owner);
        return owner == _process || ((owner == 0 || IsDead(owner)) && Interlocked.CompareExchange(ref _slots->Owner, _process, owner) == owner);
    }

    public void ReleaseEvents() => Interlocked.CompareExchange(ref _slots->Owner, 0, _process);

    private static bool IsAbandoned(SlotLayout* slot, uint owner) => Volatile.Read(ref slot->Closed) != 0 || IsDead(owner);

    private static bool IsDead(uint process) => !Directory.Exists($"/proc/{process}");
}

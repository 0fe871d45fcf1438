using System.Collections.Concurrent;
using System.Diagnostics;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Diagnostics;

namespace Observability.Ebpf.Slots;

/// <summary>Tells the kernel which span a connection carries, once there is an agent on the machine. Without one nothing is done but a look every few seconds.</summary>
internal sealed class Publisher(string folder, TimeProvider time, EbpfCounts counts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ulong, Slot> _slots = new();
    private readonly Lock _opening = new();
    private AgentMaps? _maps;
    private long _lookedAt;
    private int _refused;

    /// <summary>The agent's maps, as soon as there are any.</summary>
    public AgentMaps? Maps => Volatile.Read(ref _maps) ?? Look();

    /// <summary>The spans that kernel events may be about.</summary>
    public LiveSpans Live { get; } = new();

    /// <summary>The connection's slot: the one that it has, or a new one. Called before it connects, if that is possible.</summary>
    public Slot? Bind(int descriptor, ulong cookie)
    {
        Recheck();
        if (Maps is not { } maps) return null;
        if (_slots.TryGetValue(cookie, out var known)) return known;
        var slot = maps.Bind(descriptor, cookie);
        if (slot is null)
        {
            counts.SlotMissing();
            return null;
        }
        if (_slots.Count > 16_384) Forget();
        return _slots[cookie] = slot;
    }

    public void Publish(TcpConnection connection, Activity span)
    {
        var slot = connection.Slot;
        if (slot is null || (Volatile.Read(ref _maps) is { } maps && slot.Home != maps.Slots)) slot = connection.Slot = Bind(connection.Descriptor, connection.Cookie);
        if (slot is null || span.IdFormat != ActivityIdFormat.W3C) return;
        var identity = PublishedSpan.Of(span);
        Live.Add(span, identity.Span);
        if (!slot.IsExact || slot.IsShared) slot.Publish(identity, SlotEntry.UnknownOffset);
    }

    /// <summary>Pins that were made anew are taken up; connections are bound to them as soon as they carry the next span.</summary>
    public void Recheck()
    {
        if (Volatile.Read(ref _maps) is not { } known || !IsTimeToLook() || !_opening.TryEnter()) return;
        try
        {
            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            if (!known.AreReplaced(folder) || AgentMaps.Open(folder, out _) is not { } maps) return;
            Volatile.Write(ref _maps, maps);
            _slots.Clear();
        }
        finally
        {
            _opening.Exit();
        }
    }

    private AgentMaps? Look()
    {
        if (!IsTimeToLook()) return Volatile.Read(ref _maps);
        // Who comes while another looks waits for what that one finds, a few system calls: a connection is bound once, when it is opened.
        lock (_opening)
        {
            if (_maps is not null || !IsTimeToLook()) return _maps;
            var maps = AgentMaps.Open(folder, out var reason);
            if (maps is not null) Volatile.Write(ref _maps, maps);
            // A folder without pins waits for its agent.
            else if (File.Exists(Path.Combine(folder, "slots")) && Interlocked.Exchange(ref _refused, 1) == 0) EbpfEventSource.Log.AgentUnusable(folder, reason);
            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            return maps;
        }
    }

    private bool IsTimeToLook() => Volatile.Read(ref _lookedAt) is var last && (last == 0 || time.GetElapsedTime(last) >= Patience);

    /// <summary>Slots of sockets that are gone: the array has given them to others already, or will.</summary>
    private void Forget()
    {
        foreach (var (cookie, slot) in _slots)
            if (Native.KernelSocket.Cookie(slot.Descriptor) != cookie) _slots.TryRemove(cookie, out _);
    }
}

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
        var slot = connection.Slot ??= Bind(connection.Descriptor, connection.Cookie);
        if (slot is null || span.IdFormat != ActivityIdFormat.W3C) return;
        var identity = PublishedSpan.Of(span);
        Live.Add(span, identity.Span);
        if (!slot.IsExact || slot.IsShared) slot.Publish(identity, SlotEntry.UnknownOffset);
    }

    private AgentMaps? Look()
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _lookedAt);
        if ((last != 0 && time.GetElapsedTime(last, now) < Patience) || Interlocked.CompareExchange(ref _lookedAt, now, last) != last) return null;
        lock (_opening)
        {
            if (_maps is not null) return _maps;
            var maps = AgentMaps.Open(folder, out var reason);
            if (maps is not null) Volatile.Write(ref _maps, maps);
            else if (Directory.Exists(folder) && Interlocked.Exchange(ref _refused, 1) == 0) EbpfEventSource.Log.AgentUnusable(folder, reason);
            return maps;
        }
    }

    /// <summary>Slots of sockets that are gone: the array has given them to others already, or will.</summary>
    private void Forget()
    {
        foreach (var (cookie, slot) in _slots)
            if (Native.KernelSocket.Cookie(slot.Descriptor) != cookie) _slots.TryRemove(cookie, out _);
    }
}

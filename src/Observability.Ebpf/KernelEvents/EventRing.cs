using Observability.Ebpf.Native;

namespace Observability.Ebpf.KernelEvents;

/// <summary>
/// The reader's side of the kernel's ring buffer: a page with the reader's place, a page with the writer's, and the data mapped twice in a row, so that no record is torn.
/// <see href="https://docs.kernel.org/bpf/ringbuf.html"/>
/// </summary>
internal sealed unsafe class EventRing
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const int RecordHeader = 8;

    private readonly int _map;
    private readonly ulong* _read;
    private readonly ulong* _written;
    private readonly byte* _data;
    private readonly ulong _mask;

    private EventRing(int map, void* reader, void* writer, uint size)
    {
        _map = map;
        _read = (ulong*)reader;
        _written = (ulong*)writer;
        _data = (byte*)writer + Environment.SystemPageSize;
        _mask = size - 1;
    }

    public delegate void Receiver(in KernelEvent kernel);

    /// <summary>Null when the map is no ring or may not be mapped.</summary>
    public static EventRing? Open(int map)
    {
        var (_, size) = BpfMaps.Shape(map);
        if (size == 0) return null;
        var page = Environment.SystemPageSize;
        var reader = BpfMaps.MapMemory(map, (nuint)page, writable: true);
        var writer = reader is null ? null : BpfMaps.MapMemory(map, (nuint)(page + (2 * size)), writable: false, page);
        return writer is null ? null : new EventRing(map, reader, writer, size);
    }

    public bool Wait(int milliseconds) => BpfMaps.Wait(_map, milliseconds);

    public void Drain(Receiver receive)
    {
        var at = Volatile.Read(ref *_read);
        while (at < Volatile.Read(ref *_written))
        {
            var header = Volatile.Read(ref *(uint*)(_data + (at & _mask)));
            if ((header & Busy) != 0) return;
            var length = header & ~(Busy | Discarded);
            if ((header & Discarded) == 0 && length >= KernelEvent.Length) receive(in *(KernelEvent*)(_data + (at & _mask) + RecordHeader));
            at += (length + RecordHeader + 7) & ~7UL;
            Volatile.Write(ref *_read, at);
        }
    }
}

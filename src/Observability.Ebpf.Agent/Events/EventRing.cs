using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Events;

/// <summary>
/// The reader's side of the kernel's ring buffer: a page with the reader's place, a page with the writer's, and the data mapped twice in a row, so that no record is torn.
/// <see href="https://docs.kernel.org/bpf/ringbuf.html"/>
/// </summary>
internal sealed unsafe class EventRing : IDisposable
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const int RecordHeader = 8;
    private const int ReadOnly = 1;
    private const int ReadWrite = 3;
    private const int Shared = 1;

    private readonly int _map;
    private readonly nuint _length;
    private readonly ulong* _read;
    private readonly ulong* _written;
    private readonly byte* _data;
    private readonly ulong _mask;

    /// <exception cref="IOException">The ring cannot be mapped.</exception>
    public EventRing(int map, uint size)
    {
        var page = Environment.SystemPageSize;
        _map = map;
        _mask = size - 1;
        _length = (nuint)(page + (2 * size));
        _read = (ulong*)Libc.Map(null, (nuint)page, ReadWrite, Shared, map, 0);
        _written = (ulong*)Libc.Map(null, _length, ReadOnly, Shared, map, page);
        if ((nint)_read == -1 || (nint)_written == -1) throw new IOException("the ring of events cannot be mapped");
        _data = (byte*)_written + page;
    }

    public delegate void Receiver(in KernelEvent kernel);

    public bool Wait(int milliseconds)
    {
        var poll = new Libc.PollDescriptor { Descriptor = _map, Events = 1 };
        return Libc.Poll(&poll, 1, milliseconds) > 0;
    }

    /// <summary>Hands out all that is there; returns how many.</summary>
    public int Drain(Receiver receive)
    {
        var count = 0;
        var at = Volatile.Read(ref *_read);
        while (at < Volatile.Read(ref *_written))
        {
            var header = Volatile.Read(ref *(uint*)(_data + (at & _mask)));
            if ((header & Busy) != 0) return count;
            var length = header & ~(Busy | Discarded);
            if ((header & Discarded) == 0 && length >= KernelEvent.Length)
            {
                receive(in *(KernelEvent*)(_data + (at & _mask) + RecordHeader));
                count++;
            }
            at += (length + RecordHeader + 7) & ~7UL;
            Volatile.Write(ref *_read, at);
        }
        return count;
    }

    public void Dispose()
    {
        Libc.Unmap(_read, (nuint)Environment.SystemPageSize);
        Libc.Unmap(_written, _length);
    }
}

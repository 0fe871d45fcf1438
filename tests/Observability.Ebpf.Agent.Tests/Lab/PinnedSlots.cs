using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Loading;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>A tenant's slots, as anyone who sees its folder can map them.</summary>
internal sealed unsafe class PinnedSlots : IDisposable
{
    private const int Length = 4096 * 256;

    private readonly byte* _memory;

    public PinnedSlots(string folder)
    {
        var map = Bpf.Open(Path.Combine(folder, "slots"));
        Assert.Equal(TenantShapes.Slots, Bpf.Shape(map));
        _memory = (byte*)Libc.Map(null, Length, 3, 1, map, 0);
        Libc.Close(map);
        Assert.NotEqual(-1, (nint)_memory);
    }

    public Span<byte> Bytes => new(_memory, Length);

    public void Dispose() => Libc.Unmap(_memory, Length);
}

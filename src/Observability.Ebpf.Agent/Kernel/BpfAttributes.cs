using System.Runtime.InteropServices;

namespace Observability.Ebpf.Agent.Kernel;

/// <summary>The kernel's <c>union bpf_attr</c>: a block of bytes whose meaning depends on the command.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal unsafe struct BpfAttributes
{
    public const int Length = 144;

    private fixed byte _bytes[Length];

    public void Set(int offset, uint value)
    {
        fixed (byte* at = &_bytes[offset]) *(uint*)at = value;
    }

    public void Set(int offset, ulong value)
    {
        fixed (byte* at = &_bytes[offset]) *(ulong*)at = value;
    }

    public void Set(int offset, void* value) => Set(offset, (ulong)value);

    /// <summary>Kernel names have at most 15 letters.</summary>
    public void SetName(int offset, string name)
    {
        for (var i = 0; i < Math.Min(name.Length, 15); i++) _bytes[offset + i] = (byte)name[i];
    }

    public readonly uint Get(int offset)
    {
        fixed (byte* at = &_bytes[offset]) return *(uint*)at;
    }
}

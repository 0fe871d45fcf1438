using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Weaver.Startup.Process;

/// <summary>Texts as C has them, freed together.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly List<IntPtr> _allocated = [];

    public byte* Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public byte** List(IReadOnlyList<byte[]> texts)
    {
        var list = (byte**)Allocate((nuint)(sizeof(byte*) * (texts.Count + 1)));
        for (var i = 0; i < texts.Count; i++) list[i] = Text(texts[i]);
        return list;
    }

    public void Dispose()
    {
        foreach (var pointer in _allocated) NativeMemory.Free((void*)pointer);
    }

    private byte* Text(byte[] text)
    {
        var copy = (byte*)Allocate((nuint)text.Length + 1);
        text.CopyTo(new Span<byte>(copy, text.Length));
        return copy;
    }

    private void* Allocate(nuint size)
    {
        var memory = NativeMemory.AllocZeroed(size);
        _allocated.Add((IntPtr)memory);
        return memory;
    }
}

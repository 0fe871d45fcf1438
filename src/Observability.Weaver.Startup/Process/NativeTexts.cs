using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Weaver.Startup.Process;

/// <summary>Texts as C has them, freed together.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private const int Link = 16;

    /// <summary>Each piece of memory begins with the address of the one before.</summary>
    private byte* _last;

    public byte* Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public byte** List(byte[][] texts)
    {
        var list = (byte**)Allocate((nuint)(sizeof(byte*) * (texts.Length + 1)));
        for (var i = 0; i < texts.Length; i++) list[i] = Text(texts[i]);
        return list;
    }

    public void Dispose()
    {
        while (_last != null)
        {
            var before = *(byte**)_last;
            NativeMemory.Free(_last);
            _last = before;
        }
    }

    private byte* Text(byte[] text)
    {
        var copy = (byte*)Allocate((nuint)text.Length + 1);
        Marshal.Copy(text, 0, (IntPtr)copy, text.Length);
        return copy;
    }

    private void* Allocate(nuint size)
    {
        var memory = (byte*)NativeMemory.AllocZeroed(size + Link);
        *(byte**)memory = _last;
        _last = memory;
        return memory + Link;
    }
}

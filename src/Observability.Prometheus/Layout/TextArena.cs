using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Prometheus.Layout;

/// <summary>
/// Holds encoded text where it does not move. Every chunk ends with slack that may be read, because copies go by whole vectors.
/// </summary>
internal sealed class TextArena
{
    /// <summary>How far past its end a text may be read, and past its place written.</summary>
    public const int Slack = 64;

    private const int FirstChunk = 512;
    private const int LargestChunk = 1 << 18;
    private readonly List<byte[]> _chunks = [];
    private int _used;

    public long Bytes { get; private set; }

    public PinnedText Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public unsafe PinnedText Add(ReadOnlySpan<byte> text)
    {
        if (_chunks.Count == 0 || _used + text.Length + Slack > _chunks[^1].Length)
        {
            var size = Math.Max(text.Length + Slack, _chunks.Count == 0 ? FirstChunk : Math.Min(LargestChunk, _chunks[^1].Length * 2));
            _chunks.Add(GC.AllocateUninitializedArray<byte>(size, pinned: true));
            Bytes += size;
            _used = 0;
        }
        var chunk = _chunks[^1];
        text.CopyTo(chunk.AsSpan(_used));
        var start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(chunk, _used);
        _used += text.Length;
        return new PinnedText(start, text.Length);
    }
}

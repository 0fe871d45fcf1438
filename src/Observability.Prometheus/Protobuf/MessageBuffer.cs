using System.Buffers.Binary;

namespace Observability.Prometheus.Protobuf;

/// <summary>Builds one protobuf message; kept and used again, so that a steady scrape allocates nothing.</summary>
internal sealed class MessageBuffer
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Unsigned(int field, ulong value)
    {
        Tag(field, 0);
        Varint(value);
    }

    /// <summary>A zigzag integer, sint32 or sint64.</summary>
    public void Signed(int field, long value) => Unsigned(field, (ulong)(value << 1 ^ value >> 63));

    public void Double(int field, double value)
    {
        Tag(field, 1);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);
        _length += 8;
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2);
        Varint((ulong)value.Length);
        Raw(value);
    }

    public void Text(int field, string value)
    {
        Tag(field, 2);
        Varint((ulong)System.Text.Encoding.UTF8.GetByteCount(value));
        _length += System.Text.Encoding.UTF8.GetBytes(value, Room(value.Length * 3));
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        _length += value.Length;
    }

    public void Varint(ulong value)
    {
        var room = Room(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7) room[count++] = (byte)(value | 0x80);
        room[count++] = (byte)value;
        _length += count;
    }

    public void ZigZag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    private void Tag(int field, int wire) => Varint((ulong)(field << 3 | wire));

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        return _bytes.AsSpan(_length);
    }
}

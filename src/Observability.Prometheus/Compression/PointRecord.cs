using System.Runtime.InteropServices;

namespace Observability.Prometheus.Compression;

/// <summary>How a point's lines were composed last. 20 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PointRecord
{
    private const int ValueMark = int.MinValue;

    /// <summary>Tells whether the lines are still right.</summary>
    public long Key;

    /// <summary>The checksum of the text, which ends with the last value.</summary>
    public uint Crc;
    public int TextLength;
    private int _bits;

    /// <summary>How many bits the lines take.</summary>
    public int Bits
    {
        readonly get => _bits & ~ValueMark;
        set => _bits = value | _bits & ValueMark;
    }

    /// <summary>Whether the key is the integer with which the text ends.</summary>
    public bool EndsWithKey
    {
        readonly get => _bits < 0;
        set => _bits = value ? _bits | ValueMark : _bits & ~ValueMark;
    }
}

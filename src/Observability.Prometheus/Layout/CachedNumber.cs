using System.Runtime.CompilerServices;
using Observability.Prometheus.Compression;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Layout;

/// <summary>A number's text beside the bits it was made from: formatting a double costs more than everything else about its line.</summary>
internal struct CachedNumber
{
    public long Bits;
    public byte Length;
    private bool _hasCrc;
    private uint _crc;
    public Digits Text;

    /// <summary>The longest text of a double, <c>-1.7976931348623157E+308</c>, has 24 characters.</summary>
    [InlineArray(MaximumLength)]
    internal struct Digits
    {
        private byte _first;
    }

    public const int MaximumLength = 24;

    /// <summary>Formats the number unless the text at hand is its own.</summary>
    public unsafe void Update(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        if (Length != 0 && bits == Bits) return;
        var text = stackalloc byte[TextArena.Slack];
        (Bits, _hasCrc) = (bits, false);
        Length = (byte)NumberText.Write(text, value);
        new ReadOnlySpan<byte>(text, MaximumLength).CopyTo(Text);
    }

    /// <summary>The text's checksum, made when it is first asked for.</summary>
    public uint Crc()
    {
        if (_hasCrc) return _crc;
        (_crc, _hasCrc) = (Crc32Algebra.Raw(0, ((ReadOnlySpan<byte>)Text)[..Length]), true);
        return _crc;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>
/// Where the composition of a gzip body is: the bits that wait for their byte, the place in the compiled gaps, and the checksum of
/// a text that never exists.
/// </summary>
internal unsafe struct DeflateState
{
    /// <summary>How many recent gaps a match may lie back in, and so how many places are remembered.</summary>
    public const int Ring = 32;

    private const uint Code = 0xFFFFFF;
    private const ulong PackedBits = 0x00FF_FFFF_FFFF_FFFF;

    public readonly uint* Literals;
    public readonly uint* Distances;
    public readonly ulong* Lead;
    public readonly ulong* Padded;

    /// <summary>How many bytes of values preceded each recent gap of this segment.</summary>
    public readonly int* Places;

    private readonly ScrapeBody _body;

    /// <summary>How many bytes each value of this segment takes.</summary>
    public ushort* Lengths;
    public CompiledGap* Gap;
    public GapStep* Step;
    public byte* Out;
    public ulong Bits;
    public int BitCount;
    public int Values;
    public uint Index;
    public TextChecksum Checksum;

    public DeflateState(ScrapeBody body, DeflateTables tables, int* places)
    {
        _body = body;
        Literals = Pointer<uint>(tables.LiteralBits);
        Distances = Pointer<uint>(tables.DistanceBits);
        Lead = Pointer<ulong>(tables.Lead);
        Padded = Pointer<ulong>(tables.Padded);
        Places = places;
        body.Grow(0, 4096);
        tables.Header.CopyTo(new Span<byte>(body.Start, body.Capacity));
        Out = body.Start + tables.Header.Length;
        Bits = tables.HeaderBits;
        BitCount = tables.HeaderBitCount;
        Checksum = TextChecksum.OfMember;
    }

    /// <summary>A distance came out longer than DEFLATE's window: the body is worthless.</summary>
    public bool Overran { get; set; }

    public readonly int Length => (int)(Out - _body.Start);

    /// <summary>How many bits were sent.</summary>
    public readonly long Position => (long)Length * 8 + BitCount;

    /// <summary>Goes to a segment's first gap.</summary>
    public void Enter(CompiledSegment segment)
    {
        Gap = Pointer<CompiledGap>(segment.Gaps);
        Step = Pointer<GapStep>(segment.Steps);
        Lengths = Pointer<ushort>(segment.Composed.Lengths);
        Values = 0;
        Index = 0;
    }

    /// <summary>Goes to the gap before a value; the values before it have their lengths.</summary>
    public void Seek(CompiledSegment segment, int value)
    {
        if (Index == value) return;
        Gap = Pointer<CompiledGap>(segment.Gaps) + value;
        Step = Pointer<GapStep>(segment.Steps) + segment.StepsBefore(value);
        Values = 0;
        for (var before = Math.Max(0, value - GapTokenizer.FarthestGap); before < value; before++)
        {
            Places[before & (Ring - 1)] = Values;
            Values += Lengths[before];
        }
        Index = (uint)value;
    }

    /// <summary>Makes sure that so many bytes can be written.</summary>
    public void Reserve(int bytes)
    {
        var written = Length;
        if (_body.Capacity - written >= bytes) return;
        _body.Grow(written, checked(written + 2 * bytes));
        Out = _body.Start + written;
    }

    /// <summary>Sends up to 56 bits. Stores eight bytes whatever they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ulong bits, int count)
    {
        var all = Bits | bits << BitCount;
        count += BitCount;
        *(ulong*)Out = all;
        Out += count >> 3;
        Bits = all >> (count & 0x38);
        BitCount = count & 7;
    }

    /// <summary>Sends an integer's digits and nothing more; the caller knows its checksum and length.</summary>
    public void Digits(ulong value)
    {
        if (value >= 1000)
        {
            Digits(value / 1000);
            Put(Padded[value % 1000] & PackedBits, (int)(Padded[value % 1000] >> 56));
        }
        else Put(Lead[value] & PackedBits, (int)(Lead[value] >> 56));
    }

    /// <summary>Sends characters as literals: a value, or what follows it.</summary>
    public void Characters(byte* text, int length, uint crc)
    {
        Checksum.Append(crc, length);
        Values += length;
        Lengths[Index - 1] += (ushort)length;
        var i = 0;
        for (; i + 4 <= length; i += 4)
        {
            var (first, second, third, fourth) = (Literals[text[i]], Literals[text[i + 1]], Literals[text[i + 2]], Literals[text[i + 3]]);
            var two = (ulong)(first & Code) | (ulong)(second & Code) << (int)(first >> 24);
            var others = (ulong)(third & Code) | (ulong)(fourth & Code) << (int)(third >> 24);
            var length2 = (int)((first >> 24) + (second >> 24));
            Put(two | others << length2, length2 + (int)((third >> 24) + (fourth >> 24)));
        }
        for (; i < length; i++) Put(Literals[text[i]] & Code, (int)(Literals[text[i]] >> 24));
    }

    private static T* Pointer<T>(T[] pinned)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}

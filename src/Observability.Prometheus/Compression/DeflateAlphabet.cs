using System.Numerics;
using System.Runtime.CompilerServices;

namespace Observability.Prometheus.Compression;

/// <summary>DEFLATE's symbols for match lengths and distances (RFC 1951, 3.2.5).</summary>
internal static class DeflateAlphabet
{
    public const int EndOfBlock = 256;
    public const int LiteralCount = 286;
    public const int DistanceCount = 30;
    public const int LongestMatch = 258;
    public const int FarthestMatch = 32768;

    /// <summary>The symbol of a match length, with its extra bits.</summary>
    public static (int Symbol, int Extra, int ExtraBits) Length(int length)
    {
        if (length == LongestMatch) return (285, 0, 0);
        var value = length - 3;
        if (value < 8) return (257 + value, 0, 0);
        var bits = BitOperations.Log2((uint)value) - 2;
        return (257 + 4 * bits + (value >> bits), value & (1 << bits) - 1, bits);
    }

    /// <summary>The symbol of a distance, with its extra bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Symbol, uint Extra, int ExtraBits) Distance(int distance)
    {
        var value = (uint)distance - 1;
        if (value < 4) return ((int)value, 0, 0);
        var bits = BitOperations.Log2(value) - 1;
        return ((int)(2 * (uint)bits + (value >> bits)), value & (1u << bits) - 1, bits);
    }
}

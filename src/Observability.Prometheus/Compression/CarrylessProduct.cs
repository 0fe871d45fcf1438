using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Observability.Prometheus.Compression;

/// <summary>Multiplication of polynomials over GF(2), 64 by 64 bits, by the processor's own instruction.</summary>
internal static class CarrylessProduct
{
    /// <summary>Without the instruction a product takes longer than compressing the text it stands for.</summary>
    public static bool IsFast => Pclmulqdq.IsSupported || ArmAes.IsSupported;

    /// <summary>Low half times low half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> LowLow(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Pclmulqdq.IsSupported) return Pclmulqdq.CarrylessMultiply(left, right, 0x00);
        if (ArmAes.IsSupported) return ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower());
        return Portable(left[0], right[0]);
    }

    /// <summary>High half times high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> HighHigh(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Pclmulqdq.IsSupported) return Pclmulqdq.CarrylessMultiply(left, right, 0x11);
        if (ArmAes.IsSupported) return ArmAes.PolynomialMultiplyWideningUpper(left, right);
        return Portable(left[1], right[1]);
    }

    /// <summary>Low half times high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> LowHigh(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Pclmulqdq.IsSupported) return Pclmulqdq.CarrylessMultiply(left, right, 0x10);
        if (ArmAes.IsSupported) return ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetUpper());
        return Portable(left[0], right[1]);
    }

    /// <summary>What the instruction does, by hand.</summary>
    public static Vector128<ulong> Portable(ulong left, ulong right)
    {
        var (low, high) = (0UL, 0UL);
        for (var bit = 0; bit < 64; bit++)
        {
            if ((right >> bit & 1) == 0) continue;
            low ^= left << bit;
            if (bit > 0) high ^= left >> (64 - bit);
        }
        return Vector128.Create(low, high);
    }
}

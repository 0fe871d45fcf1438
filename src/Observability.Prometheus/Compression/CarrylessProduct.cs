using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Observability.Prometheus.Compression;

/// <summary>Multiplication of polynomials over GF(2), by the processor's own instruction.</summary>
internal static class CarrylessProduct
{
    /// <summary>Without the instruction a product takes longer than compressing the text it stands for.</summary>
    public static bool IsFast => Pclmulqdq.IsSupported || ArmAes.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(uint left, uint right)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalarUnsafe((ulong)left), Vector128.CreateScalarUnsafe((ulong)right), 0).ToScalar();
        if (ArmAes.IsSupported)
            return ArmAes.PolynomialMultiplyWideningLower(Vector64.CreateScalar((ulong)left), Vector64.CreateScalar((ulong)right)).ToScalar();
        return Portable(left, right);
    }

    public static ulong Portable(uint left, uint right)
    {
        var product = 0UL;
        for (var bit = 0; bit < 32; bit++)
        {
            if ((right >> bit & 1) != 0) product ^= (ulong)left << bit;
        }
        return product;
    }
}

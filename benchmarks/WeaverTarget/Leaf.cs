using System.Runtime.CompilerServices;

namespace WeaverTarget;

/// <summary>What a small method calls. Never woven.</summary>
public static class Leaf
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Number(int number) => number < 0 ? throw new ArgumentOutOfRangeException(nameof(number)) : number + 2;
}

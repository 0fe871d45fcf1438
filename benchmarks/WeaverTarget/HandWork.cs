using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WeaverTarget;

/// <summary>A span as its author writes it by hand: what the framework itself takes.</summary>
public static class HandWork
{
    private static readonly ActivitySource Source = new("WeaverTarget.Hand");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Sync(int number)
    {
        using var span = Source.StartActivity("HandWork.Sync");
        return (number * 31) ^ (number >> 3);
    }
}

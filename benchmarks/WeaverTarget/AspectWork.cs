using System.Runtime.CompilerServices;

namespace WeaverTarget;

/// <summary>The same methods with an aspect of AspectInjector.</summary>
public static class AspectWork
{
    [SpanAspect]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Sync(int number) => (number * 31) ^ (number >> 3);

    [SpanAspect]
    public static async Task<int> Task(int number)
    {
        await System.Threading.Tasks.Task.CompletedTask;
        return number + 1000;
    }
}

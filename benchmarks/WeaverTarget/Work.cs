using System.Runtime.CompilerServices;

namespace WeaverTarget;

/// <summary>The methods that are woven.</summary>
public static class Work
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Sync(int number) => (number * 31) ^ (number >> 3);

    public static int Small(int number) => number + 1;

    /// <summary>Small, and something in it may throw: its protected region cannot be left out.</summary>
    public static int Forward(int number) => Leaf.Number(number) + 1;

    public static async Task<int> Task(int number)
    {
        await System.Threading.Tasks.Task.CompletedTask;
        return number + 1000;
    }

    public static async ValueTask<int> ValueTask(int number)
    {
        await System.Threading.Tasks.Task.CompletedTask;
        return number + 1;
    }
}

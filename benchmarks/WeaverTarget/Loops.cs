namespace WeaverTarget;

/// <summary>Calls of the woven methods as an application makes them, so that the JIT may do what it does there. Never woven.</summary>
public static class Loops
{
    public const int Count = 1000;

    public static int Sync()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += Work.Sync(i);
        return sum;
    }

    public static int Small()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += Work.Small(i);
        return sum;
    }

    public static int Forward()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += Work.Forward(i);
        return sum;
    }

    public static int Task()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += Work.Task(i).Result;
        return sum;
    }

    public static int ValueTask()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += Result(Work.ValueTask(i));
        return sum;
    }

    private static int Result(ValueTask<int> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException();

    public static int AspectSync()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += AspectWork.Sync(i);
        return sum;
    }

    public static int AspectTask()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += AspectWork.Task(i).Result;
        return sum;
    }

    public static int HandSync()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += HandWork.Sync(i);
        return sum;
    }

    public static int DecoratedSync()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++) sum += DecoratedWork.Sync(i);
        return sum;
    }
}

//: Subject.WPooled
//: Subject.WCustom
//: Subject.WCustomLater
using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

[AsyncMethodBuilder(typeof(PromiseBuilder<>))]
public sealed class Promise<T>
{
    internal readonly TaskCompletionSource<T> Source = new();
    public TaskAwaiter<T> GetAwaiter() => Source.Task.GetAwaiter();
}

/// <summary>Runs the state machine bare: nothing restores the caller's context.</summary>
public sealed class PromiseBuilder<T>
{
    public static PromiseBuilder<T> Create() => new();
    public Promise<T> Task { get; } = new();
    public void Start<TMachine>(ref TMachine machine) where TMachine : IAsyncStateMachine => machine.MoveNext();
    public void SetStateMachine(IAsyncStateMachine machine) { }
    public void SetResult(T result) => Task.Source.SetResult(result);
    public void SetException(Exception fault) => Task.Source.SetException(fault);
    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine) where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine { IAsyncStateMachine boxed = machine; awaiter.OnCompleted(boxed.MoveNext); }
    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine) where TAwaiter : ICriticalNotifyCompletion where TMachine : IAsyncStateMachine { IAsyncStateMachine boxed = machine; awaiter.OnCompleted(boxed.MoveNext); }
}

public static class Subject
{
    public static async Task<string> Run()
    {
        var gate = new TaskCompletionSource<int>();
        var text = $"{await WPooled()} {await WCustom()} ";
        var pending = WCustomLater(gate.Task);
        text += Activity.Current?.DisplayName;
        gate.SetResult(3);
        return text + await pending + Activity.Current?.DisplayName;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> WPooled() { await Task.Yield(); return 1; }
    private static async Promise<int> WCustom() { await Task.CompletedTask; return 2; }
    private static async Promise<int> WCustomLater(Task<int> task) => await task;
}

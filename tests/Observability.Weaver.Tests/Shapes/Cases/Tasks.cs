//: Subject.WCompleted
//: Subject.WForward
//: Subject.WForwardValue
//: Subject.WForwardPlain
//: Subject.WFaulted ! _OTHER
//: Subject.WCanceled ! System.Threading.Tasks.TaskCanceledException
//: Subject.WNull
//: Subject.WThrowsAtOnce ! System.ArgumentNullException
//: Subject.WSame
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

public static class Subject
{
    public static async Task<string> Run()
    {
        var gate = new TaskCompletionSource<int>();
        var text = await WCompleted() + " ";
        var forwarded = WForward(gate.Task);
        text += Activity.Current?.DisplayName + forwarded.IsCompleted;
        gate.SetResult(5);
        text += await forwarded + " " + await WForwardValue(7) + " ";
        await WForwardPlain();
        try { await WFaulted(); } catch (FormatException fault) { text += fault.Message; }
        try { await WCanceled(); } catch (OperationCanceledException) { text += "canceled "; }
        text += WNull() is null;
        try { _ = WThrowsAtOnce(null!); } catch (ArgumentException) { text += " at once "; }
        var task = Task.FromResult(1);
        return text + ReferenceEquals(task, WSame(task)) + Activity.Current?.DisplayName;
    }

    private static Task<int> WCompleted() => Task.FromResult(1);
    private static Task<int> WForward(Task<int> task) => task;
    private static ValueTask<int> WForwardValue(int value) => new(Later(value));
    private static ValueTask WForwardPlain() => new(Later(1));
    private static async Task<int> Later(int value) { await Task.Yield(); return value; }
    private static Task WFaulted() => Task.FromException(new FormatException("faulted "));
    private static Task WCanceled() => Task.FromCanceled(new CancellationToken(true));
    private static Task? WNull() => null;
    private static Task WThrowsAtOnce(string text) { ArgumentNullException.ThrowIfNull(text, "text"); throw new ArgumentException("x"); }
    private static Task<int> WSame(Task<int> task) => task;
}

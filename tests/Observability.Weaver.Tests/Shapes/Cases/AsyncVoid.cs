//: Subject.WStart
//: Subject.WFails ! System.InvalidOperationException
using System;
using System.Threading;
using System.Threading.Tasks;

public static class Subject
{
    public static async Task<string> Run()
    {
        var context = SynchronizationContext.Current;
        var done = new TaskCompletionSource<string>();
        WStart(done);
        var text = await done.Task;
        var failures = new Failures();
        SynchronizationContext.SetSynchronizationContext(failures);
        try { WFails(); } finally { SynchronizationContext.SetSynchronizationContext(context); }
        return text + failures.Message;
    }

    private static async void WStart(TaskCompletionSource<string> done) { await Task.CompletedTask; done.SetResult("done "); }
    private static async void WFails() { await Task.CompletedTask; throw new InvalidOperationException("posted"); }

    private sealed class Failures : SynchronizationContext
    {
        public string? Message;
        public override void Post(SendOrPostCallback callback, object? state) { try { callback(state); } catch (InvalidOperationException fault) { Message = fault.Message; } }
    }
}

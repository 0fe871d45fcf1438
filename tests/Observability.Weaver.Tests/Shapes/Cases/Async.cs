//: Subject.WVoidTask
//: Subject.WSync
//: Subject.WInner < Subject.WOuter
//: Subject.WAfter < Subject.WOuter
//: Subject.WOuter
//: Subject.WValue
//: Subject.WValueTask
//: Subject.WThrows ! System.InvalidOperationException
//: Subject.WThrowsLate ! System.InvalidOperationException
//: Subject.WCaught
//: Subject.WGeneric
//: Subject.WGeneric
//: Subject.WFinally
//: WInstance..ctor < WInstance.Made
//: WInstance.Made
//: WInstance.Twice
using System;
using System.Threading.Tasks;

public sealed class WInstance
{
    private readonly int _factor;
    private WInstance(int factor) => _factor = factor;
    internal static WInstance Made(int factor) => new(factor);
    public async Task<int> Twice(int number) { await Task.Yield(); return number * _factor; }
}

public static class Subject
{
    public static async Task<string> Run()
    {
        await WVoidTask();
        var text = await WSync() + " " + await WOuter() + " " + await WValue() + " ";
        await WValueTask();
        try { await WThrows(); } catch (InvalidOperationException fault) { text += fault.Message; }
        try { await WThrowsLate(); } catch (InvalidOperationException fault) { text += fault.Message; }
        text += await WCaught() + await WGeneric(1) + await WGeneric("g") + await WFinally() + await WInstance.Made(2).Twice(21);
        return text + System.Diagnostics.Activity.Current?.DisplayName;
    }

    private static async Task WVoidTask() => await Task.Yield();
    private static async Task<int> WSync() { await Task.CompletedTask; return 1; }
    private static async Task<string> WOuter() { var inner = await WInner(); await Task.Delay(1).ConfigureAwait(false); return inner + WAfter(); }
    private static async Task<string> WInner() { await Task.Delay(1); return "inner"; }
    private static string WAfter() => " after";
    private static async ValueTask<int> WValue() { await Task.Yield(); return 3; }
    private static async ValueTask WValueTask() => await Task.Yield();
    private static async Task WThrows() { await Task.CompletedTask; throw new InvalidOperationException("early "); }
    private static async Task WThrowsLate() { await Task.Yield(); throw new InvalidOperationException("late "); }
    private static async Task<string> WCaught() { try { await Task.FromException(new FormatException()); } catch (FormatException) { await Task.Yield(); return "caught "; } return "never"; }
    private static async Task<T> WGeneric<T>(T value) { await Task.Yield(); return value; }
    private static async Task<string> WFinally() { try { await Task.Yield(); return " finally "; } finally { await Task.Yield(); } }
}

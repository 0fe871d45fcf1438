//: Subject.WInner < Subject.WBuilder
//: Subject.WBuilder
//: Subject.WInner < Subject.WBuilderFails
//: Subject.WBuilderFails ! System.FormatException
//: Subject.WInner < Subject.WCore
//: Subject.WCore ! System.InvalidOperationException
//: Subject.WCoreOfPairs
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

// Methods that use for themselves the types that compilers build their state machines of.
public static class Subject
{
    private static ManualResetValueTaskSourceCore<bool> s_core;
    private static ManualResetValueTaskSourceCore<(int, int)> s_pairs;

    public static async Task<string> Run()
    {
        s_core.Reset();
        s_pairs.Reset();
        var text = $"{await WBuilder()} ";
        try { await WBuilderFails(); } catch (FormatException fault) { text += fault.Message; }
        try { await foreach (var number in WCore()) text += number; } catch (InvalidOperationException fault) { text += fault.Message; }
        await foreach (var number in WCoreOfPairs()) text += number;
        return text;
    }

    private static void WInner() { }
    private static async Task<int> WBuilder() { var own = AsyncTaskMethodBuilder<int>.Create(); own.SetResult(4); var result = await own.Task; await Task.Yield(); WInner(); return result + 1; }
    private static async Task<int> WBuilderFails()
    {
        var own = AsyncTaskMethodBuilder<int>.Create();
        own.SetException(new NotSupportedException());
        try { await own.Task; } catch (NotSupportedException) { }
        await Task.Yield();
        WInner();
        throw new FormatException("failed ");
    }

    private static async IAsyncEnumerable<int> WCore() { yield return 1; s_core.SetResult(false); await Task.Yield(); WInner(); yield return 2; throw new InvalidOperationException("late "); }
    private static async IAsyncEnumerable<int> WCoreOfPairs() { yield return 1; s_pairs.SetResult((1, 2)); yield return 2; await Task.Yield(); }
}

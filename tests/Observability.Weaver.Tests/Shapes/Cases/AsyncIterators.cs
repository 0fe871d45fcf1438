//: Subject.WInside < Subject.WNumbers
//: Subject.WInside < Subject.WNumbers
//: Subject.WNumbers
//: Subject.WFails ! System.InvalidOperationException
//: Subject.WEarly
//: Subject.WEnumerator
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

public static class Subject
{
    public static async Task<string> Run()
    {
        var text = "";
        await foreach (var number in WNumbers(3)) text += number + (Activity.Current?.DisplayName ?? "-");
        try { await foreach (var number in WFails()) text += number; } catch (InvalidOperationException fault) { text += fault.Message; }
        await foreach (var number in WEarly(() => text += "disposed ")) { text += number; break; }
        await using (WNumbers(1).GetAsyncEnumerator()) text += "untouched ";
        var enumerator = WEnumerator();
        while (await enumerator.MoveNextAsync()) text += enumerator.Current;
        await enumerator.DisposeAsync();
        return text + Activity.Current?.DisplayName;
    }

    private static void WInside() { }
    private static async IAsyncEnumerable<int> WNumbers(int count) { for (var i = 0; i < count; i++) { if (i > 0) WInside(); yield return i; if (i == 1) await Task.Yield(); } }
    private static async IAsyncEnumerable<int> WFails() { yield return 1; await Task.Yield(); throw new InvalidOperationException("failed "); }
    private static async IAsyncEnumerable<int> WEarly(Action disposed) { try { yield return 1; await Task.Yield(); yield return 2; } finally { await Task.Yield(); disposed(); } }
    private static async IAsyncEnumerator<int> WEnumerator() { yield return 1; await Task.Yield(); yield return 2; }
}

//: Subject.WInside < Subject.WNumbers
//: Subject.WNumbers
//: Subject.WEmpty
//: Subject.WFails ! System.InvalidOperationException
//: Subject.WEarly
//: Subject.WGeneric
//: Subject.WEnumerator
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

public static class Subject
{
    public static string Run()
    {
        var text = "";
        foreach (var number in WNumbers(3)) text += number + (Activity.Current?.DisplayName ?? "-");
        text += WEmpty().Count();
        try { foreach (var number in WFails()) text += number; } catch (InvalidOperationException fault) { text += fault.Message; }
        foreach (var number in WEarly(() => text += "disposed ")) { text += number; break; }
        _ = WNumbers(1);
        text += string.Join(',', WGeneric("a", "b"));
        using var enumerator = WEnumerator();
        while (enumerator.MoveNext()) text += enumerator.Current;
        return text + Activity.Current?.DisplayName;
    }

    private static void WInside() { }
    private static IEnumerable<int> WNumbers(int count) { for (var i = 0; i < count; i++) { if (i == 1) WInside(); yield return i; } }
    private static IEnumerable<int> WEmpty() { yield break; }
    private static IEnumerable<int> WFails() { try { yield return 1; throw new InvalidOperationException("failed "); } finally { _ = 1; } }
    private static IEnumerable<int> WEarly(Action disposed) { try { yield return 1; yield return 2; } finally { disposed(); } }
    private static IEnumerable<T> WGeneric<T>(params T[] items) { foreach (var item in items) yield return item; }
    private static IEnumerator<int> WEnumerator() { yield return 1; yield return 2; }
}

//: Subject.WInside < Subject.WEarly
//: Subject.WEarly
//: Subject.WFails ! System.FormatException
using System;
using System.Collections.Generic;
using System.Diagnostics;

// What an iterator does in its finally when its consumer stops early.
public static class Subject
{
    public static string Run()
    {
        var text = "";
        foreach (var number in WEarly()) { text += number; break; }
        text += Activity.Current?.DisplayName ?? "nothing ";
        try { foreach (var number in WFails()) break; } catch (FormatException fault) { text += fault.Message; }
        return text + (Activity.Current?.DisplayName ?? "nothing");
    }

    private static void WInside() { }
    private static IEnumerable<int> WEarly() { try { yield return 1; yield return 2; } finally { WInside(); } }
    private static IEnumerable<int> WFails() { try { yield return 1; } finally { Throw(); } }
    private static void Throw() => throw new FormatException("failed ");
}

//: Subject.WAdd
//: Subject.WInner < Subject.WOuter
//: Subject.WOuter
//: Subject.WVoid
//: Subject.WThrows ! System.InvalidOperationException
//: Subject.WMany
//: Subject.WMany
//: Subject.WLoop
//: Subject.WSwitch
using System;

public static class Subject
{
    public static string Run()
    {
        var text = WAdd(1, 2) + " " + WOuter() + " ";
        WVoid(ref text);
        try { WThrows(); }
        catch (InvalidOperationException fault) { text += fault.Message; }
        return text + WMany(1) + WMany(-1) + WLoop(5) + WSwitch(3);
    }

    public static int WAdd(int a, int b) => a + b;
    private static string WOuter() => "outer " + WInner();
    private static string WInner() => "inner";
    private static void WVoid(ref string text) { if (text.Length == 0) return; text += "void "; }
    private static void WThrows() => throw new InvalidOperationException("thrown ");
    private static string WMany(int n) { if (n > 0) return "positive "; if (n < 0) return "negative "; return "zero "; }
    private static int WLoop(int n) { again: n--; if (n > 0) goto again; return n; }
    private static string WSwitch(int n) { switch (n) { case 0: return "a"; case 1: return "b"; case 2: return "c"; case 3: return "d"; case 4: return "e"; default: return "f"; } }
}

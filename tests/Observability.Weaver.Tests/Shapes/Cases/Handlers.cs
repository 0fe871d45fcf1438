//: Subject.WNested
//: Subject.WFiltered
//: Subject.WUnfiltered ! System.InvalidOperationException
//: Subject.WOrder ! System.InvalidOperationException
//: Subject.WReplaced ! System.NotSupportedException
//: Subject.WLast
//: Subject.WRethrown ! System.FormatException
using System;
using System.Text;

public static class Subject
{
    private static readonly StringBuilder Log = new();

    public static string Run()
    {
        Log.Clear();
        WNested();
        WFiltered(true);
        try { WUnfiltered(false); } catch (InvalidOperationException) { Log.Append("outside "); }
        try { WOrder(); } catch (Exception) when (Note("filter ")) { Log.Append("caught "); }
        try { WReplaced(); } catch (NotSupportedException fault) { Log.Append(fault.Message); }
        Log.Append(WLast());
        try { WRethrown(); } catch (FormatException) { Log.Append("rethrown "); }
        return Log.ToString();
    }

    private static bool Note(string text) { Log.Append(text); return true; }

    private static void WNested()
    {
        try { try { throw new Exception("a"); } finally { Log.Append("finally1 "); } }
        catch (Exception fault) when (fault.Message == "a")
        {
            try { Log.Append("catch "); try { throw new FormatException(); } catch (FormatException) { Log.Append("inner "); } }
            finally { Log.Append("finally2 "); }
        }
    }

    private static void WFiltered(bool catches) { try { throw new InvalidOperationException(); } catch (InvalidOperationException) when (catches) { Log.Append("filtered "); } }
    private static void WUnfiltered(bool catches) { try { throw new InvalidOperationException(); } catch (InvalidOperationException) when (catches) { Log.Append("never "); } finally { Log.Append("finally3 "); } }
    private static void WOrder() { try { throw new InvalidOperationException(); } finally { Log.Append("finally4 "); } }
    private static void WReplaced() { try { throw new InvalidOperationException("first"); } finally { Replace(); } }
    private static void Replace() => throw new NotSupportedException("second ");
    private static string WLast() { try { return "try "; } finally { Log.Append("finally5 "); } }
    private static void WRethrown() { try { throw new FormatException(); } catch (FormatException) { throw; } }
}

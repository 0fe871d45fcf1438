using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

/// <summary>What generated code does where it can be seen: notes in one text, a value that flows with the execution context, failures.</summary>
public static class Seen
{
    public static readonly AsyncLocal<int> Ambient = new();
    private static readonly StringBuilder s_text = new();
    private static readonly bool s_isOptimized = !typeof(Seen).Assembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled;

    public static int Note(int value)
    {
        if (s_text.Length < 200_000) s_text.Append(value).Append(' ');
        return value;
    }

    /// <summary>
    /// A failure's kind, message and own frames with their lines; those of the framework differ between a task and what wraps one. An optimizing JIT inlines
    /// and makes tail calls as it likes, so there it is the kind and the message.
    /// </summary>
    public static bool Note(Exception fault)
    {
        s_text.Append(fault.GetType().Name).Append(fault.Message).Append(" at");
        foreach (var frame in s_isOptimized ? [] : new StackTrace(fault, true).GetFrames())
            if (frame.GetMethod() is { } method && method.Module == typeof(Seen).Module) s_text.Append(' ').Append(method.Name).Append(':').Append(frame.GetFileLineNumber());
        s_text.Append('\n');
        return fault.Message.Length % 3 != 0;
    }

    public static void Fail(int value)
    {
        if (value % 5 == 0) throw new InvalidOperationException("five " + value);
        if (value % 7 == 0) throw new ArgumentException("seven");
    }

    public static string Text() => s_text.ToString();
}

public sealed class Noted(int value) : IDisposable
{
    public void Dispose() => Seen.Note(-value);
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>
/// An exception's stack. Making its text takes microseconds for each frame, so texts are kept by the places in the code that the stack
/// consists of, in a bounded table.
/// </summary>
internal static class StackText
{
    private const int Slots = 1_024;
    private const int MostFrames = 128;
    private static readonly Entry?[] s_entries = new Entry?[Slots];
    private static readonly ConditionalWeakTable<Type, object> s_plainTypes = [];
    private static readonly object s_plain = new();
    private static readonly object s_own = new();

    public static void Write(Line line, Exception exception)
    {
        var found = IsPlain(exception.GetType()) ? Find(exception) : null;
        if (found is not null && line.Plan.Patterns is null && found.Length <= line.Left) line.Raw(found);
        else if (Text(line, exception) is { } text) TextValue.Put(line, text);
    }

    private static byte[]? Find(Exception exception)
    {
        try
        {
            if (Remote(exception) is not null) return null;
            Span<long> places = stackalloc long[MostFrames * 2];
            var count = Places(exception, places);
            return count == 0 ? null : Find(exception, places[..count]);
        }
        catch (Exception fault) when (fault is MissingFieldException or InvalidOperationException or NotSupportedException)
        {
            // Another runtime, or a frame without a method handle: the text is made anew.
            return null;
        }
    }

    private static byte[]? Find(Exception exception, ReadOnlySpan<long> places)
    {
        var hash = 14695981039346656037UL;
        foreach (var place in places) hash = (hash ^ (ulong)place) * 1099511628211UL;
        ref var slot = ref s_entries[(int)(hash ^ (hash >> 32)) & (Slots - 1)];
        var entry = slot;
        if (entry is not null && places.SequenceEqual(entry.Places)) return entry.Text;
        if (exception.StackTrace is not { } text) return null;
        slot = entry = new Entry(places.ToArray(), JsonText.Encode(text));
        return entry.Text;
    }

    /// <summary>Method and offset of each frame; 0 when there are none or too many.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Methods are compared, not called or described.")]
    private static int Places(Exception exception, Span<long> places)
    {
        var trace = new StackTrace(exception, fNeedFileInfo: false);
        var count = trace.FrameCount;
        if (count > MostFrames) return 0;
        for (var i = 0; i < count; i++)
        {
            var frame = trace.GetFrame(i)!;
            if (frame.GetMethod() is not { } method) return 0;
            places[i * 2] = method.MethodHandle.Value;
            // What the line number in the text is made of; a native offset means another line once the method has been compiled again.
            places[(i * 2) + 1] = frame.GetILOffset();
        }
        return count * 2;
    }

    private static string? Text(Line line, Exception exception)
    {
        try
        {
            return exception.StackTrace;
        }
        catch (Exception fault)
        {
            line.Plan.Health.Contained(exception.GetType(), fault);
            return "(StackTrace threw " + fault.GetType() + ")";
        }
    }

    /// <summary>Whether the type leaves the stack's text as <see cref="Exception"/> makes it.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An override that the trimmer removed is none.")]
    [UnconditionalSuppressMessage("Trimming", "IL2111", Justification = "An override that the trimmer removed is none.")]
    private static bool IsPlain(Type type)
    {
        if (s_plainTypes.TryGetValue(type, out var known)) return ReferenceEquals(known, s_plain);
        var plain = type.GetProperty(nameof(Exception.StackTrace))?.DeclaringType == typeof(Exception);
        s_plainTypes.AddOrUpdate(type, plain ? s_plain : s_own);
        return plain;
    }

    /// <summary>A stack that came with the exception from elsewhere stands in its text and in no frame.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_remoteStackTraceString")]
    private static extern ref string? Remote(Exception exception);

    private sealed record Entry(long[] Places, byte[] Text);
}

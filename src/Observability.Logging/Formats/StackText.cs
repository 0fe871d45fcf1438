using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>
/// An exception's stack. Making its text takes microseconds for each frame, so texts are kept by the places in the code that the stack
/// consists of, in a bounded table.
/// </summary>
internal static class StackText
{
    private const int Slots = 1_024;
    private const int MostBytes = 16_384;
    private static readonly Entry?[] s_entries = new Entry?[Slots];

    public static void Write(Line line, Exception exception)
    {
        var found = line.Plan.Patterns is null ? Find(exception) : null;
        if (found is not null && found.Length <= line.Left) line.Raw(found);
        else if (Text(line, exception) is { } text) TextValue.Put(line, text);
    }

    /// <summary>The encoded text of a stack that was seen before, or is from now on; null when it is none that can be kept.</summary>
    [SkipLocalsInit]
    private static byte[]? Find(Exception exception)
    {
        Span<long> places = stackalloc long[StackPlaces.Most];
        places = places[..StackPlaces.Read(exception, places)];
        if (places.IsEmpty) return null;
        var hash = 14695981039346656037UL;
        foreach (var place in places) hash = (hash ^ (ulong)place) * 1099511628211UL;
        ref var slot = ref s_entries[(int)(hash ^ (hash >> 32)) & (Slots - 1)];
        var entry = slot;
        // The type decides too: it may give its stack a text of its own.
        if (entry is not null && entry.Type == exception.GetType() && places.SequenceEqual(entry.Places)) return entry.Text;
        entry = Create(exception, places);
        if (entry is not null) slot = entry;
        return entry?.Text;
    }

    private static Entry? Create(Exception exception, ReadOnlySpan<long> places)
    {
        var type = exception.GetType();
        if (!LeavesText(type) || exception.StackTrace is not { } text || !StackPlaces.AreConfirmed(exception, places)) return null;
        var encoded = JsonText.Encode(text);
        return encoded.Length > MostBytes ? null : new Entry(type, places.ToArray(), encoded);
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

    /// <summary>Whether the type leaves the stack's text as <see cref="Exception"/> makes it. It may have properties of that name beside it, of any type.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An override that the trimmer removed is none.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "An override that the trimmer removed is none.")]
    private static bool LeavesText(Type type)
    {
        for (var at = type; at is not null && at != typeof(Exception); at = at.BaseType)
            if (at.GetMember("get_" + nameof(Exception.StackTrace), MemberTypes.Method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Length > 0) return false;
        return true;
    }

    private sealed record Entry(Type Type, long[] Places, byte[] Text);
}

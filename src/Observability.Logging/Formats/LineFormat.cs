using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The fields of one profile, in their order. A line is opened, gets its message, its context, its attributes, its exception, and is closed.</summary>
internal abstract class LineFormat(LineOpening? opening)
{
    /// <summary>Longest text of a constant field, in encoded bytes.</summary>
    protected const int MostConstantBytes = 256;

    /// <summary>Whether lines are JSON; text is for people.</summary>
    public virtual bool IsJson => true;

    /// <summary>How each line begins; null when it depends on more than the time and the level.</summary>
    public LineOpening? Opening { get; } = opening;

    /// <summary>Writes up to where the message's text goes.</summary>
    public virtual void Open(Line line, long utcTicks, LogLevel level, CategoryText category) => Opening!.Write(line, utcTicks, level);

    /// <summary>Writes what follows the message's text: first the category's text with the span's ids, then the event.</summary>
    /// <param name="line">The line.</param>
    /// <param name="category">The category.</param>
    /// <param name="context">The category's text for this span.</param>
    /// <param name="id">The event.</param>
    /// <param name="activity">The span, or null.</param>
    public abstract void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity);

    /// <summary>Writes the exception.</summary>
    public abstract void Error(Line line, Exception exception);

    /// <summary>Closes what <see cref="Context"/> opened for attributes, before the exception.</summary>
    public virtual void EndAttributes(Line line)
    {
    }

    /// <summary>Ends the line, saying whether it was cut.</summary>
    public virtual void Close(Line line)
    {
        if (line.Truncated) line.Raw(",\"truncated\":true"u8);
        line.Raw("}\n"u8);
    }

    /// <summary>The encoded text that <see cref="Open"/> and <see cref="Context"/> need for a category.</summary>
    public abstract CategoryText Category(string category);

    /// <summary>The attribute's name in the line: namespaced, or moved aside when the profile uses the name itself.</summary>
    public abstract string AttributeName(string name);

    /// <summary>Called after a value that may be an array or an object and began at <paramref name="start"/>.</summary>
    public virtual void EndNested(Line line, int start)
    {
    }

    /// <summary><c>,"name":"value"</c>, or nothing when there is no value.</summary>
    protected static byte[] Constant(string name, string? value) =>
        string.IsNullOrEmpty(value) ? [] : [.. ",\""u8, .. JsonText.Encode(name), .. "\":\""u8, .. JsonText.Encode(value, MostConstantBytes), .. "\""u8];

    /// <summary>The event's number after its field's name, unless it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Event(Line line, Piece name, EventId id)
    {
        if (id.Id == 0) return;
        if ((uint)id.Id >= NumberText.TenDigits)
        {
            line.Raw(name);
            NumberText.Write(line, id.Id);
            return;
        }
        ref var target = ref line.Ensure(name.Length + Piece.Short + NumberText.MostDigits);
        name.CopyTo(ref target);
        line.Position += name.Length + NumberText.Digits(ref Unsafe.Add(ref target, name.Length), (uint)id.Id);
    }
}

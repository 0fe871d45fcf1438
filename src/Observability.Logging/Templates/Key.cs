using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>The name of an attribute as it stands in the line, encoded once.</summary>
internal sealed class Key(Piece opening, bool unique, bool destructured, bool redacted, bool query)
{
    /// <summary>A comma, the quoted name, a colon.</summary>
    public Piece Opening { get; } = opening;

    /// <summary>Whether the value is taken apart, as <c>{@Value}</c> asks.</summary>
    public bool IsDestructured { get; } = destructured;

    /// <summary>Whether the value is hidden.</summary>
    public bool IsRedacted { get; } = redacted;

    /// <summary>Whether the value is the query of a URL, whose own values are hidden.</summary>
    public bool IsQuery { get; } = query;

    /// <summary>Whether the value is written as it is.</summary>
    public bool IsShown { get; } = !redacted && !query;

    /// <summary>Openings are shared by name while the cache has room, so that references decide; past that their bytes do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSame(Key other) =>
        Opening.IsSame(other.Opening) || (!(unique && other.IsUnique) && Opening.Span.SequenceEqual(other.Opening.Span));

    private bool IsUnique => unique;
}

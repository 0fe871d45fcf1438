namespace Observability.Logging;

/// <summary>A parsed message template: its literal text escaped and encoded, its holes by position.</summary>
internal sealed class Template
{
    public Template(string source, byte[][] literals, TemplateHole[] holes)
    {
        Source = source;
        Literals = literals;
        Holes = holes;
        HidesAny = holes.Any(static hole => hole.Key.IsRedacted);
        HasQuery = holes.Any(static hole => hole.Key.IsQuery);
    }

    public string Source { get; }

    /// <summary>One more than there are holes.</summary>
    public byte[][] Literals { get; }

    public TemplateHole[] Holes { get; }

    /// <summary>Whether a value is hidden, so that no formatter but ours may render the message.</summary>
    public bool HidesAny { get; }

    /// <summary>Whether a value is the query of a URL.</summary>
    public bool HasQuery { get; }

    public TemplateHole? Hole(string name) => Array.Find(Holes, hole => hole.Name == name);
}

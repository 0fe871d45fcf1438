namespace Observability.Logging;

/// <summary>A parsed message template: its literal text escaped and encoded, its holes by position.</summary>
internal sealed class Template
{
    private readonly HashSet<string> _hidden;
    private readonly bool _hasSigns;

    /// <param name="source">The template's text.</param>
    /// <param name="literals">One more than there are holes.</param>
    /// <param name="holes">The holes.</param>
    /// <param name="hidden">Folded names of the parameters that are hidden by an attribute, also those without a hole.</param>
    public Template(string source, Piece[] literals, TemplateHole[] holes, HashSet<string> hidden)
    {
        _hidden = hidden;
        Source = source;
        Literals = literals;
        Holes = holes;
        HidesAny = hidden.Count > 0 || holes.Any(static hole => hole.Key.IsRedacted);
        _hasSigns = holes.Any(static hole => hole.Name is ['@' or '$', ..]);
        HasQuery = holes.Any(static hole => hole.Key.IsQuery);
        HasDistinctKeys = holes.Length <= Line.MostKeys && !holes.Where((hole, index) => holes.Take(index).Any(earlier => earlier.Key.IsSame(hole.Key))).Any();
    }

    public string Source { get; }

    /// <summary>One more than there are holes.</summary>
    public Piece[] Literals { get; }

    public TemplateHole[] Holes { get; }

    /// <summary>Whether a value is hidden, so that no formatter but ours may render the message.</summary>
    public bool HidesAny { get; }

    /// <summary>Whether a value is the query of a URL.</summary>
    public bool HasQuery { get; }

    /// <summary>Whether no two holes make one attribute, and a line can have them all.</summary>
    public bool HasDistinctKeys { get; }

    public bool HasKey(Key key)
    {
        foreach (var hole in Holes)
            if (hole.Key.IsSame(key)) return true;
        return false;
    }

    /// <summary>The key of a state's item, when the template says more of it than its name does: that it is hidden, or taken apart.</summary>
    public Key? KeyOf(string name, KeyCache keys)
    {
        if (!HidesAny && !_hasSigns) return null;
        return Array.Find(Holes, hole => hole.Takes(name))?.Key ?? (_hidden.Contains(RedactedParameters.Fold(name)) ? keys.Hidden(name) : null);
    }
}

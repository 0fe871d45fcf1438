namespace Observability.Enrichment;

/// <summary>Cuts text to so many characters, as the specification's attribute value length limit has it: strings, the elements of arrays, and what else is written as text.</summary>
internal sealed class ValueLimit(int? longest)
{
    public object? Apply(object? value, ref int cuts)
    {
        if (longest is not { } most) return value;
        return value is string text ? Cut(text, most, ref cuts) : CutOther(value, most, ref cuts);
    }

    private static object? CutOther(object? value, int most, ref int cuts)
    {
        if (value is null || value.GetType().IsPrimitive) return value;
        var more = 0;
        var cut = WrittenText.Change(value, text => Cut(text, most, ref more));
        cuts += more;
        return cut;
    }

    /// <summary>Never between the two halves of a character.</summary>
    private static string Cut(string text, int most, ref int cuts)
    {
        if (text.Length <= most) return text;
        cuts++;
        return text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }
}

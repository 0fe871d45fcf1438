namespace Observability.Enrichment;

/// <summary>Cuts text to so many characters, as the specification's attribute value length limit has it: strings, and the strings of arrays.</summary>
internal sealed class ValueLimit(int? longest)
{
    public object? Apply(object? value, ref int cuts)
    {
        if (longest is not { } most) return value;
        if (value is string text) return Cut(text, most, ref cuts);
        return value is string?[] texts && IsLonger(texts, most) ? Cut(texts, most, ref cuts) : value;
    }

    private static bool IsLonger(string?[] texts, int most)
    {
        foreach (var text in texts)
            if (text?.Length > most) return true;
        return false;
    }

    private static string?[] Cut(string?[] texts, int most, ref int cuts)
    {
        var cut = new string?[texts.Length];
        for (var i = 0; i < texts.Length; i++) cut[i] = texts[i] is { } text ? Cut(text, most, ref cuts) : null;
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

namespace Observability.Sources.Database;

/// <summary>What a piece of SQL is, as far as hiding its values and naming its targets needs to know.</summary>
internal enum SqlTokenKind
{
    Space,
    Comment,
    Word,
    QuotedName,
    Literal,
    Symbol,

    /// <summary>Everything from here on, because the text can be read in two ways and one of them would show a value.</summary>
    Unsure,
}

namespace Observability.Logging;

/// <summary>What the text of a value can serve as in JSON.</summary>
internal enum ValueForm : byte
{
    /// <summary>Neither: the attribute is written anew.</summary>
    Other,

    /// <summary>The text is a JSON number.</summary>
    Number,

    /// <summary>The text is the inside of a JSON string.</summary>
    Text,
}

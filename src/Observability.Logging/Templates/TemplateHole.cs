namespace Observability.Logging;

/// <summary>One hole of a template: <c>{Name,Alignment:Format}</c>.</summary>
internal sealed class TemplateHole(string name, Key key, string? format, string? composite, int width = 0)
{
    public string Name { get; } = name;

    /// <summary>Whether a state's item of the name fills the hole. The generator of <c>[LoggerMessage]</c> leaves the sign of <c>{@Value}</c> out and writes the parameter's own case then.</summary>
    public bool Takes(string? item) => item == Name || (Name is ['@' or '$', ..] && Name.AsSpan(1).Equals(item, StringComparison.OrdinalIgnoreCase));

    public Key Key { get; } = key;

    /// <summary>The format after the colon, or null.</summary>
    public string? Format { get; } = format;

    /// <summary>The composite format <c>{0,alignment:format}</c> when the hole is aligned, else null.</summary>
    public string? Composite { get; } = composite;

    /// <summary>The alignment as a number: to the right when positive; 0 when there is none.</summary>
    public int Width { get; } = width;

    /// <summary>Whether the hole's text is the value's plain text, which the attribute can repeat.</summary>
    public bool IsPlain { get; } = format is null && composite is null;

    /// <summary>Whether nothing at all is asked of the value: its text is plain, shown, and not taken apart.</summary>
    public bool IsSimple { get; } = format is null && composite is null && key.IsShown && !key.IsDestructured;
}

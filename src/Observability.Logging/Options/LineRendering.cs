namespace Observability.Logging;

/// <summary>JSON for machines or text for people.</summary>
public enum LineRendering
{
    /// <summary>Text when the destination is an interactive terminal, JSON otherwise.</summary>
    Auto,

    /// <summary>Always JSON.</summary>
    Json,

    /// <summary>Text; coloured when the destination is an interactive terminal.</summary>
    Text,
}

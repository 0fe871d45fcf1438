namespace Observability.Logging;

/// <summary>Where lines go.</summary>
public enum LineDestination
{
    /// <summary>The process's standard output.</summary>
    Stdout,

    /// <summary>The process's standard error.</summary>
    Stderr,

    /// <summary>A file with rotation.</summary>
    File,
}

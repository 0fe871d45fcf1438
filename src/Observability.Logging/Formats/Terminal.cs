namespace Observability.Logging;

/// <summary>What the process's terminal is and can do.</summary>
internal sealed record Terminal(bool IsOutputInteractive, bool IsErrorInteractive, bool HasColours)
{
    /// <summary>The process's own; colours are off with <c>NO_COLOR</c> (no-color.org) and on dumb terminals.</summary>
    public static Terminal OfProcess { get; } = new(!Console.IsOutputRedirected, !Console.IsErrorRedirected, string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb");

    public bool IsInteractive(LineDestination destination) => destination switch
    {
        LineDestination.Stdout => IsOutputInteractive,
        LineDestination.Stderr => IsErrorInteractive,
        _ => false,
    };

#pragma warning disable RS0030 // The edge where the environment is read; everything else takes a Terminal.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
}

namespace Observability.Weaver;

/// <summary>Something that the weaver could not or would not do.</summary>
/// <param name="Id">The stable id, such as <c>OBS7004</c>; docs/diagnostics has a page for each.</param>
/// <param name="Subject">The method, assembly or rule concerned.</param>
/// <param name="Message">What happened and what helps.</param>
/// <param name="IsWarning">Whether somebody asked for exactly this: an attribute on the method, a file named on the command line.</param>
public sealed record WeaveDiagnostic(string Id, string Subject, string Message, bool IsWarning = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Subject}: {Message}.";
}

namespace Observability.Sources.Database;

/// <summary>Where a command is in its life.</summary>
internal enum CommandPhase
{
    Begins,
    Ends,
    Fails,
    IsCanceled,
}

namespace Observability.Sampling;

/// <summary>What became of a local trace that waited.</summary>
internal enum TailVerdict
{
    Waiting,
    KeptForError,
    KeptForSlowness,
    Dropped,

    /// <summary>It waited too long; spans that come later wait anew.</summary>
    TooOld,
}

namespace Observability.Resources;

/// <summary>
/// Finds out something about the process, what it runs on or in. It may throw: whoever asks contains it, so that one detector's failure costs its
/// own attributes only.
/// </summary>
internal interface IFactDetector
{
    void Detect(ResourceFacts facts);
}

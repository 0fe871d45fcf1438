namespace Observability.Sampling;

/// <summary>Where a span's parent is.</summary>
internal enum ParentSituation
{
    None,
    Local,
    Remote,
}

namespace Observability.Prometheus.Rendering;

/// <summary>The lines of a few points in a row, with room to grow in.</summary>
internal struct TextPage
{
    /// <summary>Where it begins in the body's buffer.</summary>
    public int Start;
    public int Capacity;
    public int Length;

    /// <summary>How many points' lines it holds.</summary>
    public int Points;
}

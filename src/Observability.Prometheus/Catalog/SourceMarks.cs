namespace Observability.Prometheus.Catalog;

/// <summary>What was learned about a metric while its values were written; outlives layouts, so that types do not flap.</summary>
internal sealed class SourceMarks
{
    /// <summary>A counter or sum was once negative or not a number, which OpenMetrics forbids for its type.</summary>
    public bool IsIrregular { get; set; }

    /// <summary>The powers of two between which an exponential histogram's observations lie.</summary>
    public int LowestPower { get; set; } = int.MaxValue;
    public int HighestPower { get; set; } = int.MinValue;

    /// <summary>The distance between the powers shown, over 1 only where a scale is negative.</summary>
    public int PowerStep { get; set; } = 1;
}

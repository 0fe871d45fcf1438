namespace Observability.Diagnostics;

/// <summary>What went through one exporter of one signal since the start, in items.</summary>
/// <param name="Signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
/// <param name="Exporter">The exporter's name, such as <c>otlp</c>.</param>
/// <param name="Exported">Items delivered.</param>
/// <param name="Failed">Items lost because their export failed.</param>
/// <param name="Dropped">Items lost because the queue was full.</param>
/// <param name="Waiting">Items accepted and not yet exported.</param>
/// <param name="Capacity">The most items that may wait; 0 where nothing waits.</param>
/// <param name="IsFailing">Whether the last export failed.</param>
public sealed record ExporterHealth(string Signal, string Exporter, long Exported, long Failed, long Dropped, long Waiting, int Capacity, bool IsFailing)
{
    /// <summary>Whether more than nine tenths of the queue are taken.</summary>
    public bool IsNearlyFull => Capacity > 0 && Waiting > Capacity * 9L / 10;
}

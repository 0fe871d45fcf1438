namespace Observability.Prometheus.Layout;

/// <summary>
/// How far each point lies from the one before it, as runs of equal distances: the SDK fills its array from the front, so that all
/// points of a metric are usually one run.
/// </summary>
internal sealed class DistanceRuns
{
    private Run[] _runs = new Run[1];
    private int _count;

    /// <param name="End">The first point that does not belong to the run.</param>
    /// <param name="Distance">From each of its points to the one before it, in bytes.</param>
    public readonly record struct Run(int End, int Distance);

    public long Bytes => _runs.Length * 8L;

    /// <summary>The runs; a point past the last one is not known.</summary>
    public ReadOnlySpan<Run> Runs => _runs.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Appends a point.</summary>
    public void Add(int point, int distance)
    {
        if (_count > 0 && _runs[_count - 1].Distance == distance)
        {
            _runs[_count - 1] = new Run(point + 1, distance);
            return;
        }
        if (_count == _runs.Length) Array.Resize(ref _runs, _count * 2);
        _runs[_count++] = new Run(point + 1, distance);
    }
}

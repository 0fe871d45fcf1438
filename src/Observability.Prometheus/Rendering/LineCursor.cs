using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Goes from point to point of a source and puts each point's labels into its lines.</summary>
internal unsafe ref struct LineCursor
{
    private readonly SourceLayout _source;
    private readonly ReadOnlySpan<DistanceRuns.Run> _distances;
    private readonly ReadOnlySpan<int> _ends;
    private readonly byte* _labels;
    private readonly int _count;
    private readonly bool _hasHidden;
    private int _run;
    private int _runEnd;
    private int _distance;
    private int _point;

    public LineCursor(SourceLayout source)
    {
        _source = source;
        _count = source.Count;
        _distances = source.Distances;
        _ends = source.LabelEnds;
        _labels = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(source.Labels));
        _hasHidden = source.HasHidden;
        _point = -1;
    }

    public readonly int Point => _point;

    /// <summary>Whether the options hide the point.</summary>
    public readonly bool IsHidden => _hasHidden && _source.IsHidden(_point);

    /// <summary>How long the text before the value of a line is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Length(in LineTemplate line)
    {
        var labels = _ends[_point] - LabelStart;
        return labels == 0 ? line.Bare.Length : line.Open.Length + labels + line.Close.Length;
    }

    /// <summary>Steps to the next point; false when it is not the one that was laid out there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(in MetricPoint previous, in MetricPoint point)
    {
        var index = _point + 1;
        if (index == _runEnd && !TryNextRun()) return false;
        if (!(index == 0 ? _source.IsAnchor(in point) : SourceLayout.Distance(in previous, in point) == _distance)) return false;
        _point = index;
        return true;
    }

    /// <summary>Ends the walk; a point too few or too many means that the layout is behind.</summary>
    public readonly void End(bool isComplete)
    {
        if (!isComplete || _point + 1 != _count) _source.IsBehind = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write<TSink>(in LineTemplate line, ref TSink sink)
        where TSink : struct, ILineSink
    {
        if (!TSink.WantsText) return;
        var start = LabelStart;
        var length = _ends[_point] - start;
        sink.Begin(line.Open.Length + line.Close.Length + length);
        if (length == 0)
        {
            sink.Text(line.Bare);
            return;
        }
        sink.Text(line.Open);
        sink.Text(_labels + start, length);
        sink.Text(line.Close);
    }

    /// <summary>Where the labels of the point begin; only for layouts whose labels are there.</summary>
    private readonly int LabelStart => _point == 0 ? 0 : _ends[_point - 1];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryNextRun()
    {
        if (_run == _distances.Length) return false;
        (_runEnd, _distance) = (_distances[_run].End, _distances[_run].Distance);
        _run++;
        return true;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Goes from point to point of a source and puts each point's labels into its lines.</summary>
internal unsafe ref struct LineCursor
{
    private readonly SourceLayout _source;
    private readonly ReadOnlySpan<int> _distances;
    private readonly ReadOnlySpan<int> _ends;
    private readonly byte* _labels;
    private readonly int _count;
    private readonly bool _hasHidden;
    private readonly bool _wantsText;
    private int _start;
    private int _end;
    private int _point;

    public LineCursor(SourceLayout source, bool wantsText)
    {
        _source = source;
        _count = source.Count;
        _distances = source.Distances;
        if (wantsText) _ends = source.LabelEnds;
        _labels = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(source.Labels));
        _hasHidden = source.HasHidden;
        _wantsText = wantsText;
        _point = -1;
    }

    public readonly int Point => _point;

    /// <summary>Whether the options hide the point.</summary>
    public readonly bool IsHidden => _hasHidden && _source.IsHidden(_point);

    /// <summary>How long the text before the value of a line is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Length(in LineTemplate line) => _end == _start ? line.Bare.Length : line.Open.Length + _end - _start + line.Close.Length;

    /// <summary>Steps to the next point; false when it is not the one that was laid out there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(in MetricPoint previous, in MetricPoint point)
    {
        var index = _point + 1;
        if (index >= _count || !(index == 0 ? _source.IsAnchor(in point) : SourceLayout.Distance(in previous, in point) == _distances[index])) return false;
        _point = index;
        if (!_wantsText) return true;
        _start = _end;
        _end = _ends[index];
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
        var length = _end - _start;
        sink.Begin(line.Open.Length + line.Close.Length + length);
        if (length == 0)
        {
            sink.Text(line.Bare);
            return;
        }
        sink.Text(line.Open);
        sink.Text(_labels + _start, length);
        sink.Text(line.Close);
    }
}

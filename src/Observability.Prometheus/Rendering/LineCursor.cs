using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Goes from point to point of a source and puts each point's labels into its lines.</summary>
internal unsafe ref struct LineCursor
{
    private readonly SourceLayout _source;
    private readonly ReadOnlySpan<int> _ends;
    private readonly byte* _labels;
    private readonly bool _hasHidden;
    private readonly bool _wantsText;
    private int _start;
    private int _end;
    private int _point;

    public LineCursor(SourceLayout source, bool wantsText)
    {
        _source = source;
        _ends = source.LabelEnds;
        _labels = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(source.Labels));
        _hasHidden = source.HasHidden;
        _wantsText = wantsText;
        _point = -1;
    }

    public readonly int Point => _point;

    /// <summary>Steps to the next point; false when it is not exposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        _point++;
        if (_wantsText)
        {
            _start = _end;
            _end = _ends[_point];
        }
        return !_hasHidden || !_source.IsHidden(_point);
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

using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Layout;

/// <summary>One metric's points as they were last seen, and the text around their values.</summary>
internal sealed class SourceLayout(SeriesSource source, LineTemplates lines)
{
    /// <summary>More than the gaps that a match may lie back, so that the points they belong to are at hand.</summary>
    private const int KeptLabels = 32;

    private readonly DistanceRuns _distances = new();
    private int[] _labelEnds = [];
    private ulong[]? _hidden;
    private object?[] _anchor = [];
    private byte[] _labels = [];
    private int _firstLabel;
    private bool _isLent;
    private int _reserved;

    public SeriesSource Source { get; } = source;
    public LineTemplates Lines { get; } = lines;
    public int Count { get; private set; }

    /// <summary>How many of them are exposed.</summary>
    public int Visible { get; private set; }

    /// <summary>The texts of histogram sums, one a point.</summary>
    public CachedNumber[] Sums { get; private set; } = [];

    /// <summary>A walk met other points than those laid out.</summary>
    public bool IsBehind { get; set; }

    /// <summary>From each point to the one before it, in the SDK's array.</summary>
    public ReadOnlySpan<DistanceRuns.Run> Distances => _distances.Runs;

    public bool HasHidden => _hidden is not null;

    public long StateBytes =>
        _distances.Bytes + _labelEnds.Length * 4L + (_hidden?.Length ?? 0) * 8L + _labels.Length + Sums.Length * (long)Unsafe.SizeOf<CachedNumber>();

    public bool IsHidden(int point) => _hidden is not null && (_hidden[point >> 6] >> (point & 63) & 1) != 0;

    /// <summary>
    /// Compares the SDK's points with those laid out. A point lives in an array that never moves against itself, and with cumulative
    /// temporality (which our reader always asks for) keeps its place and its tags: the first point's tags by reference and every
    /// later point's distance from the one before it identify them all.
    /// </summary>
    public PointChange Compare()
    {
        IsBehind = false;
        var line = new LineCursor(this);
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in Source.Metric.GetMetricPoints())
        {
            if (!line.TryNext(in previous, in point)) return line.Point + 1 == Count ? PointChange.Appended : PointChange.Different;
            previous = ref point;
        }
        return line.Point + 1 == Count ? PointChange.None : PointChange.Different;
    }

    /// <summary>Lays out the points that came after those known.</summary>
    public void Append(PointLabels labels, LabelEncoder encoder, SeriesSet known, bool trims)
    {
        var index = 0;
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in Source.Metric.GetMetricPoints())
        {
            if (index >= Count)
            {
                if (index == 0) SetAnchor(in point);
                Add(index, index == 0 ? 0 : Distance(in previous, in point), encoder.Encode(labels.Of(Source, point.Tags, known), Source));
            }
            previous = ref point;
            index++;
        }
        if (trims) Trim();
    }

    /// <summary>Forgets every point, to be laid out anew in the same tables.</summary>
    public void Clear()
    {
        if (_isLent) (_labels, _labelEnds, _isLent) = ([], [], false);
        _distances.Clear();
        if (_hidden is not null) Array.Clear(_hidden);
        (_firstLabel, Count, Visible) = (0, 0, 0);
    }

    /// <summary>The points' own labels, joined; <see cref="LabelEnds"/> tell where each ends.</summary>
    public byte[] Labels => _labels;

    public ReadOnlySpan<int> LabelEnds => _labelEnds.AsSpan(0, Count - _firstLabel);

    /// <summary>For readers on other threads. Appending replaces full tables and writes only past the count; laying out anew takes other tables.</summary>
    public SourceSnapshot Lend()
    {
        _isLent = true;
        return new(Lines, _labels, _labelEnds, (ulong[]?)_hidden?.Clone(), _firstLabel, Count);
    }

    /// <summary>For a reader that is done before the next change.</summary>
    public SourceSnapshot Snapshot() => new(Lines, _labels, _labelEnds, _hidden, _firstLabel, Count);

    /// <summary>
    /// Lets go of the label text that only plain bodies need, but for the last points', from which compiling goes on.
    /// </summary>
    public void ReleaseLabels()
    {
        if (_hidden is not null || Count - _firstLabel <= 4 * KeptLabels) return;
        var first = Count - KeptLabels;
        var start = _labelEnds[first - 1 - _firstLabel];
        var kept = _labels.AsSpan(start, _labelEnds[Count - 1 - _firstLabel] - start);
        var labels = GC.AllocateUninitializedArray<byte>(kept.Length + TextArena.Slack, pinned: true);
        kept.CopyTo(labels);
        var ends = new int[KeptLabels];
        for (var i = 0; i < ends.Length; i++) ends[i] = _labelEnds[first + i - _firstLabel] - start;
        (_labels, _labelEnds, _firstLabel) = (labels, ends, first);
    }

    /// <summary>Encodes the labels again that were let go.</summary>
    public void RestoreLabels(PointLabels labels, LabelEncoder encoder)
    {
        if (_firstLabel == 0) return;
        (_labels, _labelEnds, _firstLabel) = ([], [], 0);
        var known = new SeriesSet();
        var index = 0;
        foreach (ref readonly var point in Source.Metric.GetMetricPoints())
        {
            if (index == Count) break;
            AddLabel(index++, encoder.Encode(labels.Of(Source, point.Tags, known), Source));
        }
        // Points that are gone; the walk will notice.
        while (index < Count) AddLabel(index++, default);
    }

    private void Add(int index, int distance, ReadOnlySpan<byte> label)
    {
        if (index == _reserved) GrowTables();
        if (label.Length == 1 && label[0] == LabelEncoder.Hidden)
        {
            Hide(index);
            label = default;
        }
        else Visible++;
        AddLabel(index, label);
        _distances.Add(index, distance);
        Count = index + 1;
    }

    private void AddLabel(int index, ReadOnlySpan<byte> label)
    {
        var place = index - _firstLabel;
        var start = place == 0 ? 0 : _labelEnds[place - 1];
        if (start + label.Length + TextArena.Slack > _labels.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max((start + label.Length) * 3 / 2 + TextArena.Slack, 256), pinned: true);
            _labels.AsSpan(0, start).CopyTo(larger);
            _labels = larger;
        }
        if (place == _labelEnds.Length) Array.Resize(ref _labelEnds, place + place / 2 + 4);
        label.CopyTo(_labels.AsSpan(start));
        _labelEnds[place] = start + label.Length;
    }

    private void GrowTables()
    {
        var size = _reserved + _reserved / 4 + 4;
        _reserved = size;
        if (Lines.CachesSum)
        {
            var sums = Sums;
            Array.Resize(ref sums, size);
            Sums = sums;
        }
        if (_hidden is not null) Array.Resize(ref _hidden, (size + 63) / 64);
    }

    private void Trim()
    {
        // A table that just grew keeps its reserve; the label text is the large one.
        var used = Count == 0 ? 0 : _labelEnds[Count - 1 - _firstLabel];
        if (_labels.Length - used <= used / 8 + TextArena.Slack) return;
        var exact = GC.AllocateUninitializedArray<byte>(used + used / 16 + TextArena.Slack, pinned: true);
        _labels.AsSpan(0, used).CopyTo(exact);
        _labels = exact;
    }

    private void Hide(int index)
    {
        _hidden ??= new ulong[(_reserved + 63) / 64];
        _hidden[index >> 6] |= 1UL << (index & 63);
    }

    private void SetAnchor(in MetricPoint point)
    {
        if (_anchor.Length != point.Tags.Count * 2) _anchor = new object?[point.Tags.Count * 2];
        var i = 0;
        foreach (var tag in point.Tags) (_anchor[i++], _anchor[i++]) = (tag.Key, tag.Value);
    }

    /// <summary>Whether a point is the first one laid out, by the identity of its tags.</summary>
    public bool IsAnchor(in MetricPoint point)
    {
        if (point.Tags.Count * 2 != _anchor.Length) return false;
        var i = 0;
        foreach (var tag in point.Tags)
        {
            if (!ReferenceEquals(tag.Key, _anchor[i++]) || !ReferenceEquals(tag.Value, _anchor[i++])) return false;
        }
        return true;
    }

    /// <summary>In bytes; no array of points is so large that its low half would not tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(in MetricPoint from, in MetricPoint to) => (int)Unsafe.ByteOffset(in from, in to);
}

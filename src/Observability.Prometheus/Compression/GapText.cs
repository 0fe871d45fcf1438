using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Compression;

/// <summary>
/// The text between values: gap <c>i</c> is what stands before value <c>i</c>, since the value before it. Made from a layout alone,
/// so that it may be read on another thread than the one that collects. Its buffers are used again for the next source.
/// </summary>
internal sealed class GapText
{
    private byte[] _bytes = new byte[1024];
    private int _length;
    private readonly List<int> _ends = [];
    private int _skipped;

    /// <summary>How many values precede the first gap that was kept.</summary>
    public int First { get; private set; }

    /// <summary>How many gaps, counted from the source's first.</summary>
    public int Count => _skipped + _ends.Count;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>How much room its buffer has.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Where a gap begins in <see cref="Bytes"/>.</summary>
    public int Start(int gap) => gap == First ? 0 : _ends[gap - First - 1];

    public int End(int gap) => _ends[gap - First];

    /// <summary>Writes the gaps of a source, those before <paramref name="first"/> left out.</summary>
    public void Read(in SourceSnapshot source, PinnedText head, HistogramParts parts, int first)
    {
        var lines = source.Lines;
        (First, _length, _skipped) = (first, 0, 0);
        _ends.Clear();
        Add(head.Span);
        var lineCount = lines.ValuesEach(parts);
        for (var point = 0; point < source.Count; point++)
        {
            if (source.IsHidden(point)) continue;
            if (_skipped + lineCount <= first)
            {
                _skipped += lineCount;
                continue;
            }
            var labels = source.Label(point);
            if (!lines.CachesSum)
            {
                Line(lines.Scalar, labels);
                continue;
            }
            if ((parts & HistogramParts.Buckets) != 0)
            {
                foreach (ref readonly var step in lines.Steps.AsSpan()) Line(in step, labels);
            }
            if ((parts & HistogramParts.Sum) != 0) Line(lines.Sum, labels);
            if ((parts & HistogramParts.Count) != 0) Line(lines.Count, labels);
        }
    }

    private void Line(in LineTemplate line, ReadOnlySpan<byte> labels)
    {
        if (_skipped < First)
        {
            _skipped++;
            return;
        }
        if (_ends.Count == 0 && First > 0)
        {
            // The head belongs to the first gap, which is not among these.
            _length = 0;
            Add("\n"u8);
        }
        if (labels.IsEmpty) Add(line.Bare.Span);
        else
        {
            Add(line.Open.Span);
            Add(labels);
            Add(line.Close.Span);
        }
        _ends.Add(_length);
        Add("\n"u8);
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        // Eight bytes of reserve, because matching reads by words.
        if (_length + text.Length + 8 > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + text.Length + 8));
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }
}

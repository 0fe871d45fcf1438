using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>
/// Composes a segment. The bits of points that are what they were are copied from the body before; an integer that changed is put
/// in its place; what is left, and what lies within reach of a value that changed its length, is composed anew.
/// </summary>
internal sealed unsafe class SegmentComposer
{
    private readonly long[] _memory = GC.AllocateArray<long>(DeflateSink.MemoryLength, pinned: true);
    private ushort[] _before = [];
    private DeflateSink _sink;
    private DeflateTables _tables = null!;
    private byte* _kept;
    private SourceLayout _source = null!;
    private HistogramParts _parts;
    private CompiledSegment _segment = null!;
    private ComposedPoints _points = null!;
    private int _valuesEach;
    private int _known;
    private bool _isLong;

    // From here on the body before is not copied yet.
    private long _uncopied;

    /// <summary>What is written besides segments.</summary>
    public ref DeflateSink Sink => ref _sink;

    public void Begin(ScrapeBody body, ScrapeBody? kept, DeflateTables tables)
    {
        _sink = new DeflateSink(body, tables, (long*)Unsafe.AsPointer(ref _memory[0]));
        _tables = tables;
        _kept = kept is null ? null : kept.Start;
    }

    /// <param name="source">The points.</param>
    /// <param name="parts">Which of their lines.</param>
    /// <param name="segment">The same, compiled.</param>
    /// <param name="round">The number of the body; the one before is that of the body kept.</param>
    public void Compose(SourceLayout source, HistogramParts parts, CompiledSegment segment, long round)
    {
        (_source, _parts, _segment, _points) = (source, parts, segment, segment.Composed);
        _valuesEach = source.Lines.ValuesEach(parts);
        _isLong = source.Source.Kind is SeriesKind.LongCounter or SeriesKind.LongUpDownCounter or SeriesKind.LongGauge;
        _points.Reserve(segment.Values / _valuesEach, _valuesEach);
        if (_before.Length < _valuesEach) _before = new ushort[_valuesEach];
        _known = _kept is not null && _points.Round == round - 1 ? _points.Known : 0;
        _sink.Enter(segment);
        var start = _sink.State.Position;
        _points.Finish(round, start, Walk());
    }

    private int Walk()
    {
        var line = new LineCursor(_source);
        var kind = _source.Source.Kind;
        var hasExemplars = _source.Lines.HasExemplars;
        var records = _points.Records.AsSpan();
        var (index, known, again) = (0, _known, 0);
        var position = _uncopied = _points.Start;
        // Each record has the checksum of its own text; this is the whole body's.
        var checksum = _sink.State.Checksum;
        var isComplete = true;
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in _source.Source.Metric.GetMetricPoints())
        {
            if (!(isComplete = line.TryNext(in previous, in point))) break;
            previous = ref point;
            if (line.IsHidden) continue;
            var key = PointKey.Of(kind, hasExemplars, in point, out var isValue);
            ref var record = ref records[index];
            var bits = record.Bits;
            if (key != record.Key || index < again || index >= known) again = Change(in line, in point, index, position, again, key, isValue);
            position += bits;
            checksum.Append(record.Crc, record.TextLength);
            index++;
        }
        line.End(isComplete);
        Copy(position);
        _sink.State.Checksum = checksum;
        return index;
    }

    /// <returns>The first point that is out of reach of any value that changed its length.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Change(in LineCursor line, in MetricPoint point, int index, long position, int again, long key, bool isValue)
    {
        ref var record = ref _points.Records[index];
        var isKnown = index < _known;
        if (isKnown && index >= again && isValue && record.EndsWithKey && TryReplace(ref record, position, key)) return again;
        Copy(position);
        _uncopied = position + record.Bits;
        var lengths = _points.Lengths.AsSpan(index * _valuesEach, _valuesEach);
        lengths.CopyTo(_before);
        Compose(ref record, in line, in point, index);
        (record.Key, record.EndsWithKey) = (key, isValue && _isLong);
        return isKnown && lengths.SequenceEqual(_before.AsSpan(0, _valuesEach)) ? again : index + 1 + (GapTokenizer.FarthestGap - 1 + _valuesEach) / _valuesEach;
    }

    /// <summary>Puts an integer in the place of another of as many digits.</summary>
    private bool TryReplace(ref PointRecord record, long position, long key)
    {
        if ((key | record.Key) < 0) return false;
        var (before, after) = (DigitChecksums.Of((ulong)record.Key), DigitChecksums.Of((ulong)key));
        if (before.Length != after.Length) return false;
        var gap = record.Bits - _tables.BitCount((ulong)record.Key);
        Copy(position + gap);
        _uncopied = position + record.Bits;
        var digits = _sink.State.Position;
        _sink.State.Digits((ulong)key);
        record.Bits = gap + (int)(_sink.State.Position - digits);
        record.Crc ^= before.Crc ^ after.Crc;
        record.Key = key;
        return true;
    }

    private void Compose(ref PointRecord record, in LineCursor line, in MetricPoint point, int index)
    {
        _sink.State.Seek(_segment, index * _valuesEach);
        _sink.State.Checksum = default;
        var start = _sink.State.Position;
        PointWalker<DeflateSink>.Walk(_source, _parts, line, in point, ref _sink);
        _sink.Send();
        record.Bits = checked((int)(_sink.State.Position - start));
        record.Crc = _sink.State.Checksum.Raw;
        record.TextLength = checked((int)_sink.State.Checksum.Length);
    }

    private void Copy(long end)
    {
        if (end <= _uncopied) return;
        BitRun.Copy(ref _sink.State, _kept, _uncopied, end - _uncopied);
        _uncopied = end;
    }
}

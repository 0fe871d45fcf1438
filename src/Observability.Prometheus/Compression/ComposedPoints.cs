using System.Runtime.CompilerServices;

namespace Observability.Prometheus.Compression;

/// <summary>Where a segment's points lie in the body composed last.</summary>
internal sealed class ComposedPoints
{
    private PointRecord[] _records = [];
    private ushort[] _lengths = [];

    /// <summary>The body that this is about.</summary>
    public long Round { get; private set; } = -1;

    /// <summary>How many bits of that body precede the first point.</summary>
    public long Start { get; private set; }

    /// <summary>How many points that body has.</summary>
    public int Known { get; private set; }

    public PointRecord[] Records => _records;

    /// <summary>How many bytes each value took, and its exemplar with it.</summary>
    public ushort[] Lengths => _lengths;

    public long StateBytes => _records.Length * (long)Unsafe.SizeOf<PointRecord>() + _lengths.Length * sizeof(ushort);

    /// <summary>Makes room for so many points of so many values each.</summary>
    public void Reserve(int points, int valuesEach)
    {
        if (points <= _records.Length) return;
        // What comes first is usually all; what comes later comes in small numbers.
        var room = _records.Length == 0 ? points : points + points / 16 + 4;
        Array.Resize(ref _records, room);
        var lengths = GC.AllocateUninitializedArray<ushort>(room * valuesEach, pinned: true);
        _lengths.CopyTo(lengths, 0);
        _lengths = lengths;
    }

    /// <summary>Says that the points are others now.</summary>
    public void Forget() => Round = -1;

    public void Finish(long round, long start, int known) => (Round, Start, Known) = (round, start, known);
}

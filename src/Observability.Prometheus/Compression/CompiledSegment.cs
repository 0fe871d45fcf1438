namespace Observability.Prometheus.Compression;

/// <summary>The gaps of one source under one section head, compiled; grows as points are appended.</summary>
internal sealed class CompiledSegment
{
    /// <summary>After so many gaps the number of steps is noted, so that any gap's first step is found.</summary>
    private const int MarkDistance = 16;

    private CompiledGap[] _gaps = [];
    private GapStep[] _steps = [];
    private int[] _marks = [];

    /// <summary>How many values are compiled.</summary>
    public int Values { get; private set; }

    /// <summary>How many points of the source that covers.</summary>
    public int Points { get; set; }
    public int StepCount { get; private set; }

    /// <summary>Where its points lie in the body composed last.</summary>
    public ComposedPoints Composed { get; } = new();

    /// <summary>False once a gap was too long to be compiled.</summary>
    public bool IsUsable { get; private set; } = true;

    public CompiledGap[] Gaps => _gaps;
    public GapStep[] Steps => _steps;

    public long StateBytes => _gaps.Length * 8L + _steps.Length * 8L + _marks.Length * 4L + Composed.StateBytes;

    public void Add(uint crc, int length, ReadOnlySpan<GapStep> steps)
    {
        if (length > CompiledGap.LongestText || steps.Length > CompiledGap.MostSteps)
        {
            IsUsable = false;
            return;
        }
        if (Values == _gaps.Length) _gaps = Grown(_gaps, Values + 1);
        if (StepCount + steps.Length > _steps.Length) _steps = Grown(_steps, StepCount + steps.Length);
        if (Values % MarkDistance == 0) Mark(Values / MarkDistance);
        _gaps[Values++] = new CompiledGap(crc, length, steps.Length);
        steps.CopyTo(_steps.AsSpan(StepCount));
        StepCount += steps.Length;
    }

    /// <summary>Forgets all, to be compiled anew in the same tables.</summary>
    public void Clear()
    {
        (Values, Points, StepCount, IsUsable) = (0, 0, 0, true);
        Composed.Forget();
    }

    /// <summary>How many steps the gaps before one have.</summary>
    public int StepsBefore(int value)
    {
        var gap = value & ~(MarkDistance - 1);
        var steps = gap < Values ? _marks[gap / MarkDistance] : StepCount;
        for (; gap < value; gap++) steps += _gaps[gap].Steps;
        return steps;
    }

    /// <summary>Gives back what growing reserved.</summary>
    public void Trim()
    {
        if (_gaps.Length > Values + Values / 16) _gaps = Sized(_gaps, Values);
        if (_steps.Length > StepCount + StepCount / 16) _steps = Sized(_steps, StepCount);
    }

    private void Mark(int mark)
    {
        if (mark == _marks.Length) Array.Resize(ref _marks, mark + mark / 8 + 4);
        _marks[mark] = StepCount;
    }

    private static T[] Grown<T>(T[] array, int needed) => Sized(array, Math.Max(needed, array.Length + array.Length / 4 + 16));

    private static T[] Sized<T>(T[] array, int size)
    {
        var sized = GC.AllocateUninitializedArray<T>(size, pinned: true);
        array.AsSpan(0, Math.Min(array.Length, size)).CopyTo(sized);
        return sized;
    }
}

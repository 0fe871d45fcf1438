namespace Observability.Prometheus.Compression;

/// <summary>The gaps of one source under one section head, compiled; grows as points are appended.</summary>
internal sealed class CompiledSegment
{
    private CompiledGap[] _gaps = [];
    private GapStep[] _steps = [];

    /// <summary>How many values are compiled.</summary>
    public int Values { get; private set; }

    /// <summary>How many points of the source that covers.</summary>
    public int Points { get; set; }
    public int StepCount { get; private set; }

    /// <summary>The most steps of any gap, for the room that emission needs.</summary>
    public int MostSteps { get; private set; }

    /// <summary>False once a gap was too long to be compiled.</summary>
    public bool IsUsable { get; private set; } = true;

    public CompiledGap[] Gaps => _gaps;
    public GapStep[] Steps => _steps;

    public long StateBytes => _gaps.Length * 8L + _steps.Length * 12L;

    public void Add(uint crc, int length, ReadOnlySpan<GapStep> steps)
    {
        if (length > CompiledGap.LongestText || steps.Length > CompiledGap.MostSteps)
        {
            IsUsable = false;
            return;
        }
        if (Values == _gaps.Length) _gaps = Grown(_gaps, Values + 1);
        if (StepCount + steps.Length > _steps.Length) _steps = Grown(_steps, StepCount + steps.Length);
        _gaps[Values++] = new CompiledGap(crc, length, steps.Length);
        steps.CopyTo(_steps.AsSpan(StepCount));
        StepCount += steps.Length;
        MostSteps = Math.Max(MostSteps, steps.Length);
    }

    /// <summary>Gives back what growing reserved.</summary>
    public void Trim()
    {
        if (_gaps.Length > Values + Values / 16) _gaps = Sized(_gaps, Values);
        if (_steps.Length > StepCount + StepCount / 16) _steps = Sized(_steps, StepCount);
    }

    private static T[] Grown<T>(T[] array, int needed) => Sized(array, Math.Max(needed, array.Length + array.Length / 4 + 16));

    private static T[] Sized<T>(T[] array, int size)
    {
        var sized = GC.AllocateUninitializedArray<T>(size, pinned: true);
        array.AsSpan(0, Math.Min(array.Length, size)).CopyTo(sized);
        return sized;
    }
}

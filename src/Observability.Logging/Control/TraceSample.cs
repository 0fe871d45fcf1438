using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>
/// Keeps all lines of sampled traces and of a share of the others. The share is decided by the last 56 bits of the trace id, which W3C
/// Trace Context asks to be random, so that every service decides alike.
/// </summary>
internal sealed class TraceSample(TraceSamplingOptions options, SuppressionCounts.Count suppressed)
{
    private const double Range = 1L << 56;
    private readonly ulong _threshold = (ulong)(options.UnsampledRatio * Range);

    public bool Suppresses(LogLevel level, Activity? activity)
    {
        if (level > options.UpTo || activity is null || activity.Recorded) return false;
        Span<byte> id = stackalloc byte[16];
        activity.TraceId.CopyTo(id);
        if ((BinaryPrimitives.ReadUInt64BigEndian(id[8..]) & ((1UL << 56) - 1)) < _threshold) return false;
        suppressed.Add();
        return true;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>RFC 3339 in UTC with six digits of fraction; the part up to the second is kept while the second lasts.</summary>
internal sealed class TimestampText
{
    /// <summary>Bytes of a timestamp.</summary>
    public const int Length = 27;

    private readonly byte[] _second = new byte[20];
    private long _secondNumber = -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Line line, long utcTicks)
    {
        var second = utcTicks / TimeSpan.TicksPerSecond;
        if (second != _secondNumber) Turn(second);
        var microseconds = (uint)(utcTicks - (second * TimeSpan.TicksPerSecond)) / (uint)TimeSpan.TicksPerMicrosecond;
        ref var target = ref line.Ensure(Length);
        Unsafe.CopyBlockUnaligned(ref target, ref _second[0], 20);
        var hundreds = microseconds / 100;
        var myriads = hundreds / 100;
        Pair(ref target, 20, myriads);
        Pair(ref target, 22, hundreds - (myriads * 100));
        Pair(ref target, 24, microseconds - (hundreds * 100));
        Unsafe.Add(ref target, 26) = (byte)'Z';
        line.Position += Length;
    }

    private static void Pair(ref byte target, int at, uint value)
    {
        Unsafe.Add(ref target, at) = (byte)('0' + (value / 10));
        Unsafe.Add(ref target, at + 1) = (byte)('0' + (value % 10));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Turn(long second)
    {
        new DateTime(second * TimeSpan.TicksPerSecond, DateTimeKind.Utc).TryFormat(_second, out _, "yyyy-MM-dd'T'HH:mm:ss'.'", CultureInfo.InvariantCulture);
        _secondNumber = second;
    }
}

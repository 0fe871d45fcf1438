namespace Observability.Prometheus.Compression;

/// <summary>A gap's checksum, length and number of steps. 8 bytes.</summary>
internal readonly struct CompiledGap(uint crc, int length, int steps)
{
    public const int LongestText = (1 << 20) - 1;
    public const int MostSteps = (1 << 12) - 1;

    private readonly uint _lengthAndSteps = (uint)length | (uint)steps << 20;

    public uint Crc { get; } = crc;
    public int Length => (int)(_lengthAndSteps & LongestText);
    public int Steps => (int)(_lengthAndSteps >> 20);
}

namespace Observability.Prometheus.Compression;

/// <summary>A literal byte, or a match: so many bytes, as they stand so many gaps and so many static bytes back.</summary>
internal readonly struct GapToken
{
    private GapToken(byte literal, int length, int gapsBack, int distance)
    {
        Literal = literal;
        Length = length;
        GapsBack = gapsBack;
        Distance = distance;
    }

    public byte Literal { get; }

    /// <summary>0 for a literal.</summary>
    public int Length { get; }
    public int GapsBack { get; }

    /// <summary>Without the values that lie between: those are added when they are known.</summary>
    public int Distance { get; }

    public static GapToken Of(byte literal) => new(literal, 0, 0, 0);

    public static GapToken Match(int length, int gapsBack, int distance) => new(0, length, gapsBack, distance);
}

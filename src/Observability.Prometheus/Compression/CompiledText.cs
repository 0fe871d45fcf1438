namespace Observability.Prometheus.Compression;

/// <summary>A text that no value follows.</summary>
internal sealed record CompiledText(uint Crc, int Length, GapStep[] Steps)
{
    public static CompiledText Of(ReadOnlySpan<byte> text, DeflateTables tables) =>
        new(Crc32Algebra.Raw(0, text), text.Length, SegmentCompiler.Literals(text, tables));
}

using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>The lines of one point.</summary>
internal static class PointText
{
    /// <summary>Writes the point's values over those in its lines; false when that cannot be, and the lines must be written anew.</summary>
    public static unsafe bool TryPatch(SourceLayout source, HistogramParts parts, LineCursor line, in MetricPoint point, byte* lines)
    {
        var sink = new PatchSink(lines);
        PointWalker<PatchSink>.Walk(source, parts, line, in point, ref sink);
        return !sink.HasMoved;
    }

    /// <summary>Writes them to the start of a body and returns their length.</summary>
    public static int Write(SourceLayout source, HistogramParts parts, LineCursor line, in MetricPoint point, ScrapeBody scratch)
    {
        var sink = new TextSink(scratch);
        PointWalker<TextSink>.Walk(source, parts, line, in point, ref sink);
        return sink.Length;
    }
}

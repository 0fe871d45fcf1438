using System.IO.Compression;

namespace Observability.Prometheus.Rendering;

/// <summary>Compresses a body as any other program would: for formats and moments that have no compiled layout.</summary>
internal static class GzipRendering
{
    public static ScrapeBody Compress(ScrapeBody plain, BodyPool pool)
    {
        var body = pool.Take();
        using var target = new BodyStream(body);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var part = 0; part < plain.PartCount; part++) gzip.Write(plain.Part(part).Span);
        }
        body.Finish(target.Written);
        return body;
    }
}

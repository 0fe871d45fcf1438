using System.IO.Compression;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Naming;
using Observability.Prometheus.Rendering;
using Observability.Prometheus.Scraping;

namespace Observability.Prometheus.Tests;

/// <summary>Renders one collection in every format, and once more by the oracle from the very same points.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class RenderingHarness : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly PlainSerializer _text;
    private readonly PlainSerializer _openMetrics;
    private readonly BodyPool _pool = new();

    public RenderingHarness(PrometheusOptions options)
    {
        Renderer = new ExpositionRenderer(options, _pool);
        _text = new PlainSerializer(options, openMetrics: false);
        _openMetrics = new PlainSerializer(options, openMetrics: true);
    }

    public Func<int, bool>? Collect { get; set; }
    public ExpositionRenderer Renderer { get; }

    /// <summary>What a scrape renders; null renders and compares everything.</summary>
    public ScrapeFormat? Only { get; set; }

    /// <summary>The first difference that was seen.</summary>
    public string? Difference { get; private set; }
    public int Compared { get; private set; }

    /// <summary>
    /// What the last scrape by <see cref="Only"/> allocated, the SDK's own collection left out; null when a garbage collection fell
    /// into it, which charges the thread with the rest of its allocation context, up to 8 KB that nobody allocated.
    /// </summary>
    public long? Allocated { get; private set; }

    public static ScrapeFormat Format(bool openMetrics, bool gzip) =>
        new(openMetrics ? ExpositionFormat.OpenMetrics100 : ExpositionFormat.Text004, NameEscaping.Underscores, gzip);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var (before, collections) = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));
        Renderer.Begin(batch, ParentProvider.GetResource());
        if (Only is { } only)
        {
            Renderer.Render(only, null).Release();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Allocated = GC.CollectionCount(0) == collections ? allocated : null;
            return ExportResult.Success;
        }
        var metrics = new List<Metric>();
        foreach (var metric in batch) metrics.Add(metric);
        foreach (var openMetrics in new[] { false, true })
        {
            // A lone surrogate becomes U+FFFD on the wire.
            var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes((openMetrics ? _openMetrics : _text).Serialize(metrics, ParentProvider.GetResource())));
            foreach (var gzip in new[] { false, true }) Compare(expected, Rendered(Format(openMetrics, gzip)), $"OpenMetrics {openMetrics}, gzip {gzip}");
        }
        return ExportResult.Success;
    }

    private string Rendered(ScrapeFormat format)
    {
        var body = Renderer.Render(format, null);
        var bytes = body.ToArray();
        body.Release();
        if (!format.Gzip) return Encoding.UTF8.GetString(bytes);
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return Encoding.UTF8.GetString(plain.ToArray());
    }

    private void Compare(string expected, string actual, string about)
    {
        Compared++;
        if (expected == actual || Difference is not null) return;
        var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = Math.Max(0, at - 200);
        Difference = $"{about}, at {at}:\nexpected {expected[from..Math.Min(expected.Length, at + 200)]}\nactual {actual[from..Math.Min(actual.Length, at + 200)]}";
    }
}

using OpenTelemetry;
using OpenTelemetry.Metrics;
using Observability.Prometheus;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Naming;
using Observability.Prometheus.Rendering;
using Observability.Prometheus.Scraping;

namespace Observability.Benchmarks.Prometheus;

/// <summary>Renders within a collection as the reader does, on the calling thread, so that its processor time can be read.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class ScrapeExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly BodyPool _pool = new();

    public ScrapeExporter() => Renderer = new ExpositionRenderer(new PrometheusOptions(), _pool);

    public Func<int, bool>? Collect { get; set; }

    /// <summary>What bodies take that nobody uses.</summary>
    public long BytesAtRest => _pool.Bytes;
    public ExpositionRenderer Renderer { get; }

    /// <summary>Null collects and renders nothing: the SDK's own cost.</summary>
    public ScrapeFormat? Format { get; set; }

    /// <summary>Set, writes by the plain serializer instead.</summary>
    public PlainWriter? Plain { get; set; }
    public int Length { get; private set; }
    public byte[] Body { get; private set; } = [];
    public bool KeepsBody { get; set; }

    public static ScrapeFormat Of(ExpositionFormat format, bool gzip) => new(format, NameEscaping.Underscores, gzip);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (Plain is not null)
        {
            Length = Plain.Write(batch, Format?.Gzip ?? false);
            return ExportResult.Success;
        }
        if (Format is not { } format) return ExportResult.Success;
        Renderer.Begin(batch, ParentProvider.GetResource());
        var body = Renderer.Render(format, null);
        Length = body.Length;
        if (KeepsBody) Body = body.ToArray();
        body.Release();
        return ExportResult.Success;
    }
}

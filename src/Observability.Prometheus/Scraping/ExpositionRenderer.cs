using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Compression;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Protobuf;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Scraping;

/// <summary>Renders collected metrics in any format, from layouts that it keeps. One thread at a time.</summary>
internal sealed class ExpositionRenderer(PrometheusOptions options, BodyPool pool)
{
    private static readonly double[] DefaultQuantiles = [0.5, 0.9, 0.99];
    private readonly SeriesFilter _filter = new(options.Keep, options.Drop);
    private readonly SourceMarksTable _marks = new();
    private readonly MetricCatalog?[] _catalogs = new MetricCatalog?[4];
    private readonly (TextLayout? Text, GzipLayout? Gzip)[] _layouts = new (TextLayout?, GzipLayout?)[4 * 3];
    private readonly ProtobufRenderer _protobuf = new(options.Exemplars, options.CreatedSamples);
    private Metric[] _metrics = [];
    private Resource _resource = Resource.Empty;

    /// <summary>What all layouts keep between scrapes.</summary>
    public long StateBytes => _layouts.Sum(layout => (layout.Text?.StateBytes ?? 0) + (layout.Gzip?.StateBytes ?? 0));

    /// <summary>Whether some layout's compiled form is in use.</summary>
    public bool IsCompiled => Array.Exists(_layouts, layout => layout.Gzip is { IsCompiled: true });

    /// <summary>Notices which metrics there are now.</summary>
    public void Begin(in Batch<Metric> batch, Resource resource)
    {
        if (IsSame(batch) && ReferenceEquals(resource, _resource)) return;
        var metrics = new List<Metric>();
        foreach (var metric in batch) metrics.Add(metric);
        Forget();
        _metrics = [.. metrics];
        _resource = resource;
    }

    /// <summary>Lets go of every layout.</summary>
    public void Forget()
    {
        _metrics = [];
        Array.Clear(_catalogs);
        Array.Clear(_layouts);
    }

    public ScrapeBody Render(ScrapeFormat format, string[]? names)
    {
        ref var layout = ref Layout(format);
        layout.Text!.Update();
        var body = Render(format, names, layout.Text, ref layout.Gzip);
        body.Samples = layout.Text.Samples();
        return body;
    }

    private ScrapeBody Render(ScrapeFormat format, string[]? names, TextLayout layout, ref GzipLayout? gzip)
    {
        if (format.Gzip && names is null && !layout.Style.IsProtobuf && TryCompose(layout, ref gzip) is { } composed) return composed;
        gzip?.NeedText();
        var text = layout.Style.IsProtobuf ? RenderProtobuf(layout, names) : RenderText(layout, names);
        if (!format.Gzip) return text;
        var body = GzipRendering.Compress(text, pool);
        text.Release();
        return body;
    }

    private ScrapeBody? TryCompose(TextLayout text, ref GzipLayout? gzip)
    {
        if (!GzipLayout.Supports(text.Style)) return null;
        gzip ??= new GzipLayout(text);
        var body = pool.Take();
        var isComposed = gzip.TryRender(body);
        if (isComposed && text.TurnedIrregular())
        {
            text.Update();
            isComposed = gzip.TryRender(body);
        }
        if (isComposed) return body;
        body.Release();
        return null;
    }

    private ScrapeBody RenderProtobuf(TextLayout layout, string[]? names)
    {
        var body = pool.Take();
        _protobuf.Render(layout, names, body);
        return body;
    }

    private ScrapeBody RenderText(TextLayout layout, string[]? names)
    {
        var body = pool.Take();
        var sink = new TextSink(body);
        PointWalker<TextSink>.Walk(layout, names, ref sink);
        if (layout.TurnedIrregular())
        {
            // A value that OpenMetrics forbids for its type came up just now: the family changes its type, once.
            layout.Update();
            sink = new TextSink(body);
            PointWalker<TextSink>.Walk(layout, names, ref sink);
        }
        body.Finish(sink.Length);
        return body;
    }

    private ref (TextLayout? Text, GzipLayout? Gzip) Layout(ScrapeFormat format)
    {
        var isProtobuf = format.Exposition == ExpositionFormat.Protobuf;
        ref var layout = ref _layouts[(int)format.Escaping * 3 + (isProtobuf ? 2 : format.IsOpenMetrics ? 1 : 0)];
        if (layout.Text is not null) return ref layout;
        ref var catalog = ref _catalogs[(int)format.Escaping];
        catalog ??= new CatalogBuilder(options, _resource, _marks).Build(_metrics, format.Escaping);
        var style = new TextStyle(format.IsOpenMetrics, options.CreatedSamples, options.Exemplars, isProtobuf);
        layout.Text = new TextLayout(catalog, style, _filter, options.Quantiles ?? DefaultQuantiles);
        return ref layout;
    }

    private bool IsSame(in Batch<Metric> batch)
    {
        var i = 0;
        foreach (var metric in batch)
        {
            if (i >= _metrics.Length || !ReferenceEquals(_metrics[i], metric)) return false;
            i++;
        }
        return i == _metrics.Length;
    }
}

using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Layout;
using Observability.Prometheus.OpenMetrics2;
using Observability.Prometheus.Protobuf;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Scraping;

/// <summary>Renders collected metrics in any format, from layouts that it keeps. One thread at a time.</summary>
internal sealed class ExpositionRenderer(PrometheusOptions options, BodyPool pool)
{
    /// <summary>Once for new points, once for values that change a family's type, once more to be sure.</summary>
    private const int MostAttempts = 3;

    /// <summary>How many collections a format is kept that none of them asked for.</summary>
    private const int RoundsKept = 128;

    private static readonly double[] DefaultQuantiles = [0.5, 0.9, 0.99];
    private readonly SeriesFilter _filter = new(options.Keep, options.Drop);
    // Every format wants them in order, and a quantile told twice would be one series twice.
    private readonly double[] _quantiles = options.Quantiles is { } wanted ? [.. wanted.Distinct().Order()] : DefaultQuantiles;
    private readonly SourceMarksTable _marks = new();
    private readonly MetricCatalog?[] _catalogs = new MetricCatalog?[4];
    private readonly FormatLayouts?[] _layouts = new FormatLayouts?[4 * 4];
    private readonly OpenMetrics2Renderer _openMetrics2 = new(options.Exemplars);
    private readonly ProtobufRenderer _protobuf = new(options.Exemplars, options.CreatedSamples);
    private Metric[] _metrics = [];
    private Resource _resource = Resource.Empty;
    private long _round;

    /// <summary>What all layouts keep between scrapes.</summary>
    public long StateBytes => _layouts.Sum(layouts => layouts?.StateBytes ?? 0);

    /// <summary>Whether some layout's compiled form is in use.</summary>
    public bool IsCompiled => Array.Exists(_layouts, layouts => layouts?.Gzip is { IsCompiled: true });

    /// <summary>Notices which metrics there are now.</summary>
    public void Begin(in Batch<Metric> batch, Resource resource)
    {
        ForgetUnused();
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
        foreach (var layouts in _layouts) layouts?.Release();
        Array.Clear(_catalogs);
        Array.Clear(_layouts);
    }

    public ScrapeBody Render(ScrapeFormat format, string[]? names)
    {
        var layouts = Layouts(format);
        layouts.LastRound = _round;
        // Walks check every point on their way, which is cheaper than looking at all of them twice; other renderers take no walk.
        if (layouts.Text.Style.IsOwn) layouts.Text.Update();
        else layouts.Text.Widen();
        var body = Render(format, names, layouts);
        for (var attempt = 0; attempt < MostAttempts && layouts.Text.IsOutdated(); attempt++)
        {
            body.Release();
            layouts.Text.Update();
            body = Render(format, names, layouts);
        }
        body.Samples = layouts.Text.Samples();
        return body;
    }

    private ScrapeBody Render(ScrapeFormat format, string[]? names, FormatLayouts layouts)
    {
        var isWhole = names is null && !layouts.Text.Style.IsOwn;
        if (format.Gzip && isWhole && layouts.TryCompose() is { } composed) return composed;
        layouts.Gzip?.NeedText();
        if (!format.Gzip && isWhole && layouts.TryPatch() is { } patched) return patched;
        var text = layouts.Text.Style.IsOwn ? RenderOwn(layouts.Text, names) : RenderText(layouts.Text, names);
        if (!format.Gzip) return text;
        var body = GzipRendering.Compress(text, pool);
        text.Release();
        return body;
    }

    private ScrapeBody RenderOwn(TextLayout layout, string[]? names)
    {
        var body = pool.Take();
        if (layout.Style.IsProtobuf) _protobuf.Render(layout, names, body);
        else _openMetrics2.Render(layout, names, body);
        return body;
    }

    private ScrapeBody RenderText(TextLayout layout, string[]? names)
    {
        var body = pool.Take();
        var sink = new TextSink(body);
        PointWalker<TextSink>.Walk(layout, names, ref sink);
        body.Finish(sink.Length);
        return body;
    }

    private FormatLayouts Layouts(ScrapeFormat format)
    {
        var isProtobuf = format.Exposition == ExpositionFormat.Protobuf;
        var isOpenMetrics2 = format.Exposition == ExpositionFormat.OpenMetrics200;
        ref var layouts = ref _layouts[(int)format.Escaping * 4 + (isOpenMetrics2 ? 3 : isProtobuf ? 2 : format.IsOpenMetrics ? 1 : 0)];
        if (layouts is not null) return layouts;
        ref var catalog = ref _catalogs[(int)format.Escaping];
        catalog ??= new CatalogBuilder(options, _resource, _marks).Build(_metrics, format.Escaping);
        var style = new TextStyle(format.IsOpenMetrics, options.CreatedSamples, options.Exemplars, isProtobuf, isOpenMetrics2);
        return layouts = new FormatLayouts(new TextLayout(catalog, style, _filter, _quantiles), pool);
    }

    /// <summary>A format that somebody looked at once must not be kept for the life of the process.</summary>
    private void ForgetUnused()
    {
        _round++;
        foreach (ref var layouts in _layouts.AsSpan())
        {
            if (layouts is null || layouts.LastRound + RoundsKept > _round) continue;
            layouts.Release();
            layouts = null;
        }
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

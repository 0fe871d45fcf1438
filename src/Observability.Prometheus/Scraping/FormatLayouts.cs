using Observability.Prometheus.Compression;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Scraping;

/// <summary>What is kept of one format between scrapes.</summary>
internal sealed class FormatLayouts(TextLayout text, BodyPool pool)
{
    private readonly PagedText _paged = new(pool);
    private bool _hasText;

    public TextLayout Text { get; } = text;
    public GzipLayout? Gzip { get; } = GzipLayout.Supports(text.Style) ? new GzipLayout(text) : null;

    /// <summary>The collection that used it last.</summary>
    public long LastRound { get; set; }

    public long StateBytes => Text.StateBytes + (Gzip?.StateBytes ?? 0) + _paged.StateBytes;

    /// <summary>The plain body kept from the last scrape, brought up to date; null when there is none that may be changed.</summary>
    public ScrapeBody? TryPatch()
    {
        // One look at the text is not worth keeping it.
        if (_hasText) return _paged.TryRender(Text);
        _hasText = true;
        return null;
    }

    /// <summary>The gzip body, composed; null when it cannot be yet.</summary>
    public ScrapeBody? TryCompose()
    {
        if (Gzip is null) return null;
        var body = pool.Take();
        if (!Gzip.TryRender(body))
        {
            body.Release();
            return null;
        }
        if (Gzip.IsAlone) ReleaseText();
        return body;
    }

    /// <summary>Lets go of every body.</summary>
    public void Release()
    {
        ReleaseText();
        Gzip?.ReleaseBody();
    }

    private void ReleaseText()
    {
        _hasText = false;
        _paged.Release();
    }
}

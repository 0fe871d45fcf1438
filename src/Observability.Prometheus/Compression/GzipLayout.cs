using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>
/// A text layout compiled to gzip. Small additions are compiled within the scrape that finds them; a whole large layout on
/// another thread, while scrapes are compressed the usual way.
/// </summary>
internal sealed class GzipLayout(TextLayout layout)
{
    /// <summary>Lines that a scrape compiles by itself: some twenty milliseconds' worth.</summary>
    private const int InlineLines = 16_384;

    private const int ScrapesBeforeRelease = 3;

    private readonly GzipComposer _composer = new();
    private CompiledSet? _set;
    private int _composed;
    private volatile CompiledSet? _built;
    private volatile bool _isBuilding;

    /// <summary>Where compiling happens that a scrape does not wait for.</summary>
    public Action<Action> Background { get; init; } = static work => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), work, preferLocal: false);

    /// <summary>Whether scrapes are composed by now.</summary>
    public bool IsCompiled => _set is not null;

    public long StateBytes => (_set?.StateBytes ?? 0) + _composer.StateBytes;

    /// <summary>Whether the layout can be compiled at all here: created times are not part of a layout.</summary>
    public static bool Supports(TextStyle style) => CarrylessProduct.IsFast && !style.IsOwn && !(style.IsOpenMetrics && style.WithCreated);

    /// <summary>Whether nothing but composed bodies was asked for lately.</summary>
    public bool IsAlone => _composed >= ScrapesBeforeRelease;

    /// <summary>Renders into a body; false when it is not compiled yet or cannot be.</summary>
    public bool TryRender(ScrapeBody body)
    {
        if (!IsReady() || !_composer.TryCompose(layout, _set!, body)) return false;
        _set!.Rest();
        Release();
        return true;
    }

    /// <summary>Lets go of the last body.</summary>
    public void ReleaseBody() => _composer.Forget();

    /// <summary>Says that a plain body is about to be written.</summary>
    public void NeedText()
    {
        _composed = 0;
        layout.RestoreLabels();
    }

    private bool IsReady()
    {
        if (_built is { } built)
        {
            _set = built;
            _built = null;
            _isBuilding = false;
        }
        var missing = 0;
        foreach (var family in layout.Families) missing += Missing(family);
        if (_set is null && missing <= InlineLines) _set = CompiledSet.Build(layout.Preamble, layout.Epilogue, Snapshots());
        if (_set is null || missing > InlineLines)
        {
            BuildInBackground();
            return false;
        }
        if (missing > 0)
        {
            foreach (var family in layout.Families)
            {
                if (Missing(family) > 0 || _set.Find(family) is null) _set.Extend(family);
            }
            _set.Retain(layout.Families);
            if (layout.Samples() > 2 * _set.TrainedValues + 1024) BuildInBackground();
        }
        return IsUsable();
    }

    /// <summary>Lets go of text once a few scrapes in a row were composed without it.</summary>
    private void Release()
    {
        if (_isBuilding || ++_composed < ScrapesBeforeRelease) return;
        layout.ReleaseLabels();
    }

    private int Missing(FamilyLayout family)
    {
        var compiled = _set?.Find(family);
        if (compiled?.Generation != family.Generation) compiled = null;
        var lines = 0;
        for (var section = 0; section < family.Sections.Length; section++)
        {
            for (var source = 0; source < family.Sources.Length; source++)
            {
                var points = family.Sources[source].Count - (compiled?.Segment(section, source).Points ?? 0);
                lines += points * family.Sources[source].Lines.LinesPerPoint;
            }
        }
        // A family without a single point still has its metadata to compile.
        return compiled is null ? Math.Max(1, lines) : lines;
    }

    private bool IsUsable()
    {
        foreach (var family in layout.Families)
        {
            if (_set!.Find(family) is not { IsUsable: true }) return false;
        }
        return true;
    }

    private List<FamilySnapshot> Snapshots() => [.. layout.Families.Select(FamilySnapshot.Of)];

    private void BuildInBackground()
    {
        if (_isBuilding) return;
        _isBuilding = true;
        layout.RestoreLabels();
        var (preamble, epilogue, snapshots) = (layout.Preamble, layout.Epilogue, Snapshots());
        Background(() =>
        {
            try
            {
                _built = CompiledSet.Build(preamble, epilogue, snapshots);
            }
            catch (Exception exception)
            {
                // Scrapes go on without; one more try would end the same way.
                Diagnostics.PrometheusEventSource.Log.CompilingFailed(exception.ToString());
            }
            GC.KeepAlive(layout);
        });
    }
}

using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>Composes gzip bodies, each from the one before, which it keeps.</summary>
internal sealed class GzipComposer
{
    private readonly SegmentComposer _segments = new();
    private ScrapeBody? _kept;
    private long _round;

    public long StateBytes => _kept?.Capacity ?? 0;

    /// <summary>Renders into a body; false when it cannot be.</summary>
    public bool TryCompose(TextLayout layout, CompiledSet set, ScrapeBody body)
    {
        _round++;
        _segments.Begin(body, _kept, set.Tables);
        _segments.Sink.Static(set.Preamble);
        foreach (var family in layout.Families) Compose(family, set);
        _segments.Sink.Static(set.Epilogue);
        var length = _segments.Sink.Finish(set.Tables);
        GC.KeepAlive(set);
        if (_segments.Sink.Overran)
        {
            Forget();
            return false;
        }
        body.Finish(length);
        body.Acquire();
        _kept?.Release();
        _kept = body;
        return true;
    }

    /// <summary>Lets go of the body before.</summary>
    public void Forget()
    {
        _kept?.Release();
        _kept = null;
    }

    private void Compose(FamilyLayout family, CompiledSet set)
    {
        if (family.IsEmpty) return;
        var compiled = set.Find(family)!;
        for (var section = 0; section < family.Sections.Length; section++)
        {
            for (var source = 0; source < family.Sources.Length; source++)
            {
                var segment = compiled.Segment(section, source);
                if (segment.Values > 0)
                {
                    _segments.Compose(family.Sources[source], family.Sections[section].Parts, segment, _round);
                    _segments.Sink.Static(set.LineEnd);
                }
                else if (source == 0) _segments.Sink.Static(compiled.Head(section));
            }
        }
    }
}

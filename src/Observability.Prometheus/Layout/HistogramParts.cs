namespace Observability.Prometheus.Layout;

/// <summary>Which lines of a histogram or summary a pass over its points writes.</summary>
[Flags]
internal enum HistogramParts : byte
{
    Buckets = 1,
    Sum = 2,
    Count = 4,
    Created = 8,
    All = Buckets | Sum | Count | Created,
}

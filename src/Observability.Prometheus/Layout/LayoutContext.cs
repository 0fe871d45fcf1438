using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Layout;

/// <summary>What laying out needs besides the family itself.</summary>
internal sealed record LayoutContext(TextStyle Style, PointLabels Labels, LabelEncoder Encoder, double[] Quantiles);

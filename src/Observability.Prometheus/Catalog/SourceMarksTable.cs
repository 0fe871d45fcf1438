using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Catalog;

/// <summary>The marks of every metric that lives.</summary>
internal sealed class SourceMarksTable
{
    private readonly ConditionalWeakTable<Metric, SourceMarks> _marks = [];

    public SourceMarks Of(Metric metric) => _marks.GetValue(metric, _ => new SourceMarks());
}

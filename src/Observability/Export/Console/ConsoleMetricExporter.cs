using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Export.Console;

/// <summary>
/// Writes each metric point as one line for a person to read. At most 200 lines an export; how many are left out is said.
/// </summary>
internal sealed class ConsoleMetricExporter(TextWriter writer, ConsoleStyle style) : BaseExporter<Metric>
{
    private const int MostLines = 200;
    private readonly Lock _lock = new();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        try
        {
            lock (_lock)
            {
                var lines = 0;
                foreach (var metric in batch)
                    foreach (ref readonly var point in metric.GetMetricPoints())
                        if (++lines <= MostLines) writer.WriteLine(Line(metric, point));
                if (lines > MostLines) writer.WriteLine(style.Faint($"… and {lines - MostLines} more metric points"));
                writer.Flush();
            }
            return ExportResult.Success;
        }
        catch (Exception)
        {
            // A closed terminal or a full disk behind a redirection.
            return ExportResult.Failure;
        }
    }

    private string Line(Metric metric, in MetricPoint point)
    {
        var tags = new List<string>();
        foreach (var tag in point.Tags) tags.Add($"{ConsoleText.Clean(tag.Key)}={ConsoleText.Of(tag.Value)}");
        var labels = tags.Count == 0 ? "" : style.Faint($"{{{string.Join(", ", tags)}}}");
        // "{request}" only names what is counted; "1" is no unit at all.
        var unit = metric.Unit is "" or "1" ? "" : " " + metric.Unit.Trim('{', '}');
        return $"{style.Strong(metric.Name)}{labels} {Value(metric, point)}{unit}";
    }

    private static string Value(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => point.GetGaugeLastValueLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleGauge => Number(point.GetGaugeLastValueDouble()),
        _ => Histogram(point),
    };

    private static string Histogram(in MetricPoint point)
    {
        var (count, sum) = (point.GetHistogramCount(), point.GetHistogramSum());
        var range = point.TryGetHistogramMinMaxValues(out var min, out var max) && count > 0 ? $" min={Number(min)} max={Number(max)}" : "";
        return $"count={count.ToString(CultureInfo.InvariantCulture)} avg={Number(count == 0 ? 0 : sum / count)}{range}";
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

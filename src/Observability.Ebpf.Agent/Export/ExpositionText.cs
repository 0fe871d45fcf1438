using System.Globalization;
using System.Text;

namespace Observability.Ebpf.Agent.Export;

/// <summary>
/// Writes metrics as OpenMetrics text, or as Prometheus' older text, which has no exemplars. Names and labels are the agent's own and need no escaping.
/// <see href="https://prometheus.io/docs/specs/om/open_metrics_spec/"/>
/// </summary>
internal sealed class ExpositionText(bool isOpenMetrics)
{
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    public const string PrometheusType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public string ContentType => isOpenMetrics ? OpenMetricsType : PrometheusType;

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public void Family(string name, string kind, string unit, string help)
    {
        // Prometheus' older text names a counter with its suffix.
        var family = !isOpenMetrics && kind == "counter" ? name + "_total" : name;
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {family} {kind}\n");
        if (isOpenMetrics && unit.Length > 0) _text.Append(CultureInfo.InvariantCulture, $"# UNIT {family} {unit}\n");
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {help}\n");
    }

    public void Sample(string name, string labels, double value, Exemplar? exemplar = null)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value));
        if (isOpenMetrics && exemplar is not null)
            _text.Append(CultureInfo.InvariantCulture, $" # {{trace_id=\"{exemplar.TraceId}\",span_id=\"{exemplar.SpanId}\"}} {Number(exemplar.Value)} {exemplar.Time.ToUnixTimeMilliseconds() / 1e3:0.000}");
        _text.Append('\n');
    }

    public string End() => isOpenMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();
}

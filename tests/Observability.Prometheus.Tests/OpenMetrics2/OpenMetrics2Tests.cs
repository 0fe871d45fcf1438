using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Tests.Edges;

namespace Observability.Prometheus.Tests.OpenMetrics2;

public partial class OpenMetrics2Tests
{
    private const string Accept = "application/openmetrics-text;version=2.0.0;escaping=allow-utf-8,application/openmetrics-text;version=1.0.0;q=0.9";

    [Theory]
    [InlineData(true, Accept, "OpenMetrics200")]
    [InlineData(true, "application/openmetrics-text", "OpenMetrics100")]
    [InlineData(true, "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=2.0.0;q=0.5", "OpenMetrics100")]
    [InlineData(false, Accept, "OpenMetrics100")]
    public void It_is_negotiated_where_the_option_is_on_and_the_server_names_it(bool isOn, string accept, string format) =>
        Assert.Equal(format, new FormatNegotiator(new PrometheusOptions { OpenMetrics2 = isOn }).Negotiate(accept, "").Exposition.ToString());

    [Fact]
    public void Every_type_is_one_line_a_series()
    {
        using var exposition = new Exposition(
            options => (options.OpenMetrics2, options.Summaries, options.Quantiles) = (true, ["sizes"], [0.5, 1]),
            builder => builder.AddView("native", new Base2ExponentialBucketHistogramConfiguration { MaxScale = 0 }),
            resource => resource.AddAttributes([new("service.name", "shop")]));
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        exposition.Meter.CreateGauge<double>("load", "1").Record(0.25);
        exposition.Meter.CreateHistogram<double>("latency", "s", "How \"long\".", null, new() { HistogramBucketBoundaries = [0.5, 1] }).Record(0.75, new KeyValuePair<string, object?>("a", "b"));
        var native = exposition.Meter.CreateHistogram<double>("native");
        foreach (var value in new[] { 0, 0.75, 3, 100 }) native.Record(value);
        exposition.Meter.CreateHistogram<double>("sizes", null, null, null, new() { HistogramBucketBoundaries = [1] }).Record(1);
        activity.Start();
        exposition.Meter.CreateCounter<long>("orders").Add(5);
        activity.Stop();

        var text = Times().Replace(exposition.Scrape(Accept), "TIME").Replace(activity.TraceId.ToHexString(), "TRACE", StringComparison.Ordinal).Replace(activity.SpanId.ToHexString(), "SPAN", StringComparison.Ordinal);
        Assert.Equal("""
            # TYPE target_info info
            # HELP target_info Target metadata
            target_info{service_name="shop"} 1
            # TYPE latency_seconds histogram
            # UNIT latency_seconds seconds
            # HELP latency_seconds How \"long\".
            latency_seconds{a="b"} {count:1,sum:0.75,bucket:[0.5:0,1.0:1,+Inf:1]} st@TIME
            # TYPE load gauge
            # HELP load load
            load 0.25
            # TYPE native histogram
            # HELP native native
            native {count:4,sum:103.75,schema:0,zero_threshold:0,zero_count:1,positive_spans:[0:3,4:1],positive_buckets:[1,0,1,1]} st@TIME
            # TYPE orders_total counter
            # HELP orders_total orders
            orders_total 5 st@TIME # {trace_id="TRACE",span_id="SPAN"} 5 TIME
            # TYPE sizes summary
            # HELP sizes sizes
            sizes {count:1,sum:1,quantile:[0.5:1,1.0:1]} st@TIME
            # EOF

            """, text);
    }

    [Fact]
    public void Whatever_a_program_does_every_line_follows_the_grammar_and_every_series_is_there_once()
    {
        foreach (var edge in EdgeCases.All.Concat(FuzzedCases.All))
        {
            using var exposition = (edge with { Configure = options => { edge.Configure(options); options.OpenMetrics2 = true; } }).Expose();
            var lines = exposition.Scrape(Accept).Split('\n');
            Assert.Equal(["# EOF", ""], lines[^2..]);
            var series = new HashSet<string>();
            foreach (var line in lines[..^2])
            {
                if (line.StartsWith('#')) Assert.True(Metadata().IsMatch(line), $"{edge}: {line}");
                else
                {
                    var sample = Sample().Match(line);
                    Assert.True(sample.Success, $"{edge}: {line}");
                    Assert.True(series.Add(sample.Groups["series"].Value), $"{edge} twice: {line}");
                }
            }
        }
    }

    private const string Name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private const string Quoted = """
        "(?:[^"\\\n]|\\.)*"
        """;
    private const string Label = $"(?:[a-zA-Z_][a-zA-Z0-9_]*|{Quoted})={Quoted}";
    private const string Labels = $@"\{{(?:{Label}(?:,{Label})*)?\}}";
    private const string Real = @"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?";
    private const string Number = $"(?:{Real}|[-+]?(?i:inf|nan))";
    private const string Buckets = $@"bucket:\[(?:(?:-Inf|{Real}):\d+,(?:{Real}:\d+,)*)?\+Inf:\d+\]";
    private const string Native = @"schema:-?\d+,zero_threshold:0,zero_count:\d+(?:,positive_spans:\[-?\d+:\d+(?:,\d+:\d+)*\],positive_buckets:\[\d+(?:,\d+)*\])?";
    private const string Quantiles = $@"quantile:\[(?:{Real}:{Number}(?:,{Real}:{Number})*)?\]";
    private const string Composite = $@"\{{count:\d+,sum:{Number},(?:{Buckets}|{Native}|{Quantiles})\}}";

    [GeneratedRegex($@"^(?<series>{Name}(?:{Labels})?|\{{{Quoted}(?:,{Label})*\}}) (?:{Number}|{Composite})(?: st@{Real})?(?: # {Labels} {Number} {Real})*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();

    [GeneratedRegex($@"^# (?:TYPE (?:{Name}|{Quoted}) (?:counter|gauge|histogram|summary|info|unknown)|UNIT (?:{Name}|{Quoted}) [a-zA-Z0-9_:]*|HELP (?:{Name}|{Quoted}) (?:[^""\\\n]|\\.)*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Metadata();

    [GeneratedRegex(@"(?<=st@|\} 5 )\d+(?:\.\d+)?")]
    private static partial Regex Times();
}

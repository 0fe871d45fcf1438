using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Observability.Prometheus.Tests.Edges;

/// <summary>The cases in which exporters fail scrapes or lose samples.</summary>
public static class EdgeCases
{
    public static IReadOnlyList<EdgeCase> All { get; } = [.. Tags(), .. Values(), .. Names(), .. Types(), .. Scopes()];

    public static TheoryData<string> Titles => [.. All.Select(edge => edge.Name)];

    public static EdgeCase Named(string name) => All.Single(edge => edge.Name == name);

    private static KeyValuePair<string, object?> T(string key, object? value) => new(key, value);

    private static EdgeCase Tag(string name, int samples, params KeyValuePair<string, object?>[][] points) => new(name, exposition =>
    {
        var counter = exposition.Meter.CreateCounter<long>("c");
        foreach (var tags in points) counter.Add(1, tags);
    }) { Samples = samples };

    private static IEnumerable<EdgeCase> Tags()
    {
        yield return Tag("the key __name__", 1, [T("__name__", "up")]);
        yield return Tag("keys of the server", 1, [T("__address__", "x"), T("__", "y"), T("job", "j"), T("instance", "i")]);
        yield return Tag("an empty value, a null value and none", 3, [T("a", "")], [T("a", null)], []);
        yield return Tag("keys that collide in one point", 1, [T("a.b", "1"), T("a_b", "2"), T("a-b", "3")]);
        yield return Tag("keys that collide between points", 3, [T("a.b", "1")], [T("a_b", "1")], [T("a/b", "1")]);
        yield return Tag("a number and its text", 2, [T("a", 1)], [T("a", "1")]);
        yield return Tag("arrays, times and bytes", 1, [T("ints", new[] { 1, 2 }), T("texts", new[] { "a\"", "b" }), T("time", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), T("bytes", new byte[] { 1, 2 }), T("doubles", new[] { 0.5, double.NaN })]);
        yield return Tag("a value whose ToString throws", 1, [T("a", new Thrower())]);
        yield return Tag("quotes, backslashes and line ends", 1, [T("a", "\\ \" \n \r \\n \u2028 \u0085 \v")]);
        yield return Tag("a value that ends with a backslash", 1, [T("a", "x\\")], []) with { Samples = 2 };
        yield return Tag("NUL and control characters", 1, [T("a", "x\0y\u0001\u001f")]);
        yield return Tag("lone surrogates", 2, [T("a", "\ud800")], [T("a", "\udc00x")]);
        yield return Tag("values that differ in lone surrogates only", 3, [T("a", "\ud800")], [T("a", "\ud801")], [T("a", "\ufffd")]);
        yield return Tag("an empty key", 1, [T("", "x")]);
        yield return Tag("keys of any script", 2, [T("ключ", "значение"), T("🔑", "🔒")], [T("0digit", "x"), T("a b", "y")]);
        yield return Tag("a long value", 1, [T("a", new string('x', 70_000))]);
        yield return Tag("two hundred keys", 1, [.. Enumerable.Range(0, 200).Select(i => T("k" + i, i))]);
        yield return Tag("our own label names", 2, [T("otel_series", "1"), T("otel_scope_name", "mine")], [T("exported_otel_series", "1")]);
        yield return new EdgeCase("more series than the limit", exposition =>
        {
            var counter = exposition.Meter.CreateCounter<long>("c");
            for (var i = 0; i < 50; i++) counter.Add(1, T("i", i));
        }) { Build = builder => builder.AddView("c", new MetricStreamConfiguration { CardinalityLimit = 10 }), Samples = 11 };
        yield return new EdgeCase("exemplars with NUL, brackets and quotes", exposition =>
        {
            using var activity = new Activity("any").SetIdFormat(ActivityIdFormat.W3C);
            activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            activity.Start();
            foreach (var text in new[] { "\0", "x\0y", "}", "\"", "\\", "\n" }) exposition.Meter.CreateCounter<long>("c" + (int)text[^1]).Add(1, T("text", text), T("other", "z"));
        }) { Build = builder => builder.AddView(_ => new MetricStreamConfiguration { TagKeys = [] }), Samples = 6 };
        yield return new EdgeCase("le and quantile as tags", exposition =>
        {
            exposition.Meter.CreateHistogram<double>("h", null, null, null, Bounds(1)).Record(1, T("le", "5"), T("quantile", "0.5"), T("exported_le", "6"));
            exposition.Meter.CreateHistogram<double>("s", null, null, null, Bounds(1)).Record(1, T("quantile", "0.5"), T("le", "5"));
        }) { Configure = options => options.Summaries = ["s"], Samples = 4 + 5 };
    }

    private static IEnumerable<EdgeCase> Values()
    {
        yield return new EdgeCase("numbers that are none", exposition =>
        {
            var gauge = exposition.Meter.CreateGauge<double>("g");
            foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, 1e15, -1e-7 })
                gauge.Record(value, T("v", value));
        }) { Samples = 8 };
        yield return new EdgeCase("the largest and the smallest integer", exposition =>
        {
            var gauge = exposition.Meter.CreateGauge<long>("g");
            foreach (var value in new[] { long.MaxValue, long.MinValue, 999, 1000, -1, 0, 1_000_000 }) gauge.Record(value, T("v", value));
        }) { Samples = 7 };
        yield return new EdgeCase("a histogram that observed NaN", exposition => Observe(exposition, [1, 2], 0.5, double.NaN)) { Samples = 5 };
        yield return new EdgeCase("a histogram that observed less than nothing", exposition => Observe(exposition, [1, 2], -5, 0.5)) { Samples = 5 };
        yield return new EdgeCase("a histogram that observed infinity", exposition => Observe(exposition, [1, 2], double.PositiveInfinity)) { Samples = 5 };
        yield return new EdgeCase("a histogram with negative bounds", exposition => Observe(exposition, [-1, 0, 1], 0.5)) { Samples = 6 };
        yield return new EdgeCase("a histogram without buckets", exposition => Observe(exposition, [], 0.5, 3)) { Samples = 3 };
        yield return new EdgeCase("a counter that went below zero", exposition =>
        {
            exposition.Meter.CreateCounter<long>("l").Add(-5);
            exposition.Meter.CreateCounter<double>("d").Add(double.NaN);
            exposition.Meter.CreateObservableCounter("o", () => -7.5);
        }) { Samples = 3 };
        yield return new EdgeCase("bounds of every size", exposition => Observe(exposition, [1e-9, 0.0001, 0.001, 0.5, 1, 100_000, 1_000_000, 1.5e300], 1)) { Samples = 11 };
    }

    private static IEnumerable<EdgeCase> Names()
    {
        yield return new EdgeCase("every unit", exposition =>
        {
            foreach (var (unit, i) in new[] { "d", "s", "By", "kBy", "TiBy", "1", "%", "$", "{packet}", "By/s", "{a}/s", "m/s", "/", "1/d", "µs", "a b", "x/y/z", "}{", "{", "s{note}", new string('u', 300), "\n", "\"", "\0" }.Select((unit, i) => (unit, i)))
                exposition.Meter.CreateCounter<long>("n" + i, unit).Add(1);
        }) { Samples = 24 };
        yield return new EdgeCase("a unit that the name already has", exposition =>
        {
            exposition.Meter.CreateCounter<long>("io.bytes", "By").Add(1);
            exposition.Meter.CreateCounter<long>("disk.bytes.total", "By").Add(1);
            exposition.Meter.CreateGauge<long>("seconds", "s").Record(1);
            exposition.Meter.CreateGauge<long>("milliseconds", "s").Record(1);
        }) { Samples = 4 };
        yield return new EdgeCase("a histogram beside gauges called like its samples", exposition =>
        {
            Observe(exposition, [1], 1);
            foreach (var suffix in new[] { "_count", "_sum", "_bucket", "_created", "" }) exposition.Meter.CreateGauge<long>("lat" + suffix).Record(1);
        }) { Samples = 4 + 5 };
        yield return new EdgeCase("a counter beside a gauge called like its total", exposition =>
        {
            exposition.Meter.CreateCounter<long>("x.total").Add(1);
            exposition.Meter.CreateGauge<long>("x_total").Record(2);
            exposition.Meter.CreateGauge<long>("x").Record(3);
            exposition.Meter.CreateGauge<long>("x_counter").Record(4);
            exposition.Meter.CreateGauge<long>("x_gauge").Record(5);
        }) { Samples = 5 };
        yield return new EdgeCase("metrics called like ours", exposition =>
        {
            exposition.Meter.CreateGauge<long>("target_info").Record(1);
            exposition.Meter.CreateGauge<long>("target").Record(1);
        }) { Resource = resource => resource.AddAttributes(new Dictionary<string, object> { ["service.name"] = "s", ["a.b"] = "1", ["a_b"] = "2", ["__name__"] = "x", ["le"] = 5 }), Configure = options => options.ResourceLabels = ["*"], Samples = 3 };
        yield return new EdgeCase("names that meet after escaping", exposition =>
        {
            foreach (var name in new[] { "a.b", "a_b", "a-b", "a/b", "a__b", "A.b" }) exposition.Meter.CreateCounter<long>(name).Add(1);
        }) { Samples = 6 };
        yield return new EdgeCase("a description of several lines", exposition =>
        {
            exposition.Meter.CreateCounter<long>("c", null, "first \\ line\nsecond \"line\"\r\n# TYPE x counter").Add(1);
            exposition.Meter.CreateCounter<long>("d", null, "\ud800 \0 ends with \\").Add(1);
        }) { Samples = 2 };
        foreach (var strategy in Enum.GetValues<PrometheusTranslationStrategy>())
        {
            yield return new EdgeCase("every type under " + strategy, Everything) { Configure = options => options.TranslationStrategy = strategy };
        }
    }

    private static IEnumerable<EdgeCase> Types()
    {
        yield return new EdgeCase("every type with created samples", Everything) { Configure = options => options.CreatedSamples = true };
        yield return new EdgeCase("one name in every type", exposition =>
        {
            exposition.NewMeter(".a").CreateCounter<long>("n").Add(1);
            exposition.NewMeter(".b").CreateGauge<long>("n").Record(1);
            exposition.NewMeter(".c").CreateHistogram<double>("n", null, null, null, Bounds(1)).Record(1);
            exposition.NewMeter(".d").CreateUpDownCounter<long>("n").Add(1);
        }) { Samples = 7 };
        yield return new EdgeCase("exponential histograms of any range", exposition =>
        {
            var histogram = exposition.Meter.CreateHistogram<double>("e");
            foreach (var value in new[] { 0, 1e-300, 1, 2, 4, 1e300, 3.7 }) histogram.Record(value);
            var narrow = exposition.Meter.CreateHistogram<double>("n");
            for (var i = 0; i < 100; i++) narrow.Record(1 + i / 1000.0);
            exposition.Meter.CreateHistogram<double>("z").Record(0);
            var extreme = exposition.Meter.CreateHistogram<double>("x");
            foreach (var value in new[] { double.Epsilon, double.MaxValue, 1 }) extreme.Record(value);
            exposition.Meter.CreateHistogram<double>("tiny").Record(double.Epsilon);
        }) { Build = builder => builder.AddView(_ => new Base2ExponentialBucketHistogramConfiguration()) };
        yield return new EdgeCase("summaries", exposition =>
        {
            Observe(exposition, [1, 2, 5], 0.5, 1.5, 3, 100);
            exposition.Meter.CreateHistogram<double>("e").Record(2, T("a", "b"));
        }) { Configure = options => (options.Summaries, options.Quantiles) = (["*"], [0, 0.5, 0.999, 1]), Samples = 6 + 6 };
    }

    private static IEnumerable<EdgeCase> Scopes()
    {
        yield return new EdgeCase("one instrument in two meters without scope labels", exposition =>
        {
            foreach (var meter in new[] { ".a", ".b", ".c" }) exposition.NewMeter(meter).CreateCounter<long>("n", null, meter).Add(1, T("k", "v"));
        }) { Samples = 3 };
        yield return new EdgeCase("one instrument in two meters with scope labels", exposition =>
        {
            exposition.NewMeter(".a", "1", [T("name", "x"), T("version", "y"), T("a.b", 1), T("a_b", 2)]).CreateCounter<long>("n", "By").Add(1);
            exposition.NewMeter(".b", "2").CreateCounter<long>("n", "s").Add(1, T("otel.scope.name", "z"));
        }) { Configure = options => options.ScopeLabels = true, Samples = 2 };
        yield return new EdgeCase("constant labels that tags have too", exposition => exposition.Meter.CreateCounter<long>("n").Add(1, T("env", "tag"), T("exported_env", "other")))
            with { Configure = options => options.ConstantLabels["env"] = "prod", Samples = 1 };
        yield return new EdgeCase("constant labels called like lines' own", Everything) { Configure = options => (options.ConstantLabels["le"], options.ConstantLabels["otel_series"]) = ("1", "2") };
        yield return new EdgeCase("a gauge's tag and a constant label called le", exposition => exposition.Meter.CreateGauge<long>("g").Record(1, T("le", "tag")))
            with { Configure = options => options.ConstantLabels["exported_le"] = "prod", Samples = 1 };
        yield return new EdgeCase("a summary of negative values", exposition => Observe(exposition, [-2, -1, 0], -5, -1.5, 100)) { Configure = options => options.Summaries = ["*"], Samples = 5 };
        yield return new EdgeCase("nothing at all", _ => { }) { Samples = 0 };
    }

    private static void Everything(Exposition exposition)
    {
        var meter = exposition.Meter;
        meter.CreateCounter<long>("foo.bar", "By", "Bytes.").Add(1, T("a.b", "ü"));
        meter.CreateCounter<double>("requests.total").Add(1.5);
        meter.CreateUpDownCounter<double>("up.down", "{item}").Add(-1.5);
        meter.CreateGauge<long>("temperature", "Cel").Record(-3);
        meter.CreateHistogram<double>("lat.ency", "s", "Time.", null, Bounds(0.5, 1)).Record(0.7, T("le.x", "1"));
        meter.CreateHistogram<long>("plain.size", "By").Record(7);
    }

    private static void Observe(Exposition exposition, double[] bounds, params double[] values)
    {
        var histogram = exposition.Meter.CreateHistogram<double>("lat", null, null, null, Bounds(bounds));
        foreach (var value in values) histogram.Record(value);
    }

    private static InstrumentAdvice<double> Bounds(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    private sealed class Thrower
    {
        public override string ToString() => throw new InvalidOperationException("not today");
    }
}

using System.Diagnostics;
using System.IO.Compression;
using Observability.Prometheus.Formats;

namespace Observability.Benchmarks.Prometheus;

/// <summary>What a scrape costs, against what merely compressing the same text costs and against the SDK's own collection.</summary>
internal sealed class PrometheusSuite : Suite
{
    private readonly record struct Cost(double Nanoseconds, double Bytes, int Length);

    public override string Name => "prometheus";

    public override void Run(Report report, bool quick)
    {
        report.Line("Processor time of the scraping thread, median; 10 % of the points change between scrapes.");
        report.Line($"{"samples",8} {"what",-44} {"time",12} {"allocated",12} {"body",12}");
        WarmUp();
        foreach (var samples in new[] { 1_000, 10_000, 100_000 }) Measure(report, samples, quick);
        WithExemplars(report, quick);
        NewSeries(report, quick);
    }

    /// <summary>What all that is kept between scrapes takes of the heap, bodies at rest aside; one that was kept is at rest afterwards.</summary>
    private static double Heap(ScrapeExporter exporter)
    {
        var (before, atRest) = (GC.GetTotalMemory(forceFullCollection: true), exporter.BytesAtRest);
        exporter.Renderer.Forget();
        return before - GC.GetTotalMemory(forceFullCollection: true) + (exporter.BytesAtRest - atRest);
    }

    /// <summary>Every change under a sampled trace: each changed counter has an exemplar, each changed histogram one a bucket.</summary>
    private static void WithExemplars(Report report, bool quick)
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        foreach (var isActive in new[] { false, true })
        {
            if (isActive) activity.Start();
            var exporter = new ScrapeExporter();
            using var mix = new ScrapeMix(10_000, exporter, exemplars: true);
            Warm(exporter, mix);
            foreach (var gzip in new[] { false, true })
            {
                var cost = Median(exporter, mix, ScrapeExporter.Of(ExpositionFormat.OpenMetrics100, gzip), quick ? 40 : 200);
                Line(report, 10_000, $"OpenMetrics, {(gzip ? "gzip" : "identity")}, {(isActive ? "with" : "without")} exemplars", cost);
            }
        }
        report.Line();
    }

    /// <summary>The first scrapes of a process run code that is not optimised yet; they are not what is asked here.</summary>
    private static void WarmUp()
    {
        var exporter = new ScrapeExporter();
        using var mix = new ScrapeMix(10_000, exporter);
        foreach (var gzip in new[] { false, true }) Median(exporter, mix, ScrapeExporter.Of(ExpositionFormat.OpenMetrics100, gzip), 400);
        Median(exporter, mix, null, 200);
    }

    private static void Measure(Report report, int samples, bool quick)
    {
        var exporter = new ScrapeExporter();
        using var mix = new ScrapeMix(samples, exporter);
        var rounds = quick ? 40 : 200;
        var (collect, text) = Compare(exporter, mix, ScrapeExporter.Of(ExpositionFormat.OpenMetrics100, gzip: false), rounds);
        var textState = exporter.Renderer.StateBytes;
        var plainText = Text(exporter);
        var (copy, compress, compressed) = Floor(plainText, quick ? 7 : 25);
        Warm(exporter, mix);
        var (collectToo, gzip) = Compare(exporter, mix, ScrapeExporter.Of(ExpositionFormat.OpenMetrics100, gzip: true), rounds);
        var state = exporter.Renderer.StateBytes;
        var heap = Heap(exporter);

        Line(report, samples, "SDK Collect, nothing exported", collect);
        Line(report, samples, "copying the same text", new Cost(copy, 0, plainText.Length));
        Line(report, samples, "GZipStream Fastest over the same text", new Cost(compress, 0, compressed));
        Line(report, samples, "OpenMetrics, identity", text);
        Line(report, samples, "OpenMetrics, gzip", gzip);
        report.Line($"{samples,8} state: {(double)textState / samples:0.0} B a sample for text, {(double)state / samples:0.0} B with gzip, {heap / samples:0.0} B of heap");
        report.Line();
        var suffix = samples / 1000 + "k";
        report.Goal("gzip-against-gzipstream-" + suffix, compress / gzip.Nanoseconds, "x", ">=", 3);
        report.Goal("gzip-body-against-gzipstream-" + suffix, (double)gzip.Length / compressed, "x", "<=", 1);
        report.Goal("text-against-collect-" + suffix, text.Nanoseconds / collect.Nanoseconds, "x", "<=", 3.5);
        report.Goal("allocated-by-us-" + suffix, Math.Max(text.Bytes - collect.Bytes, gzip.Bytes - collectToo.Bytes), "B", "<=", 0);
        if (samples == 100_000)
        {
            report.Goal("state-a-sample", (double)state / samples, "B", "<=", 64);
            report.Goal("heap-a-sample", heap / samples, "B", "<=", 64);
            report.Goal("gzip-openmetrics-100k", gzip.Nanoseconds / 1e6, "ms", "<=", 2.83);
        }
    }

    /// <summary>The first scrape after 10,000 new samples, by a plain serializer and by ours.</summary>
    private static void NewSeries(Report report, bool quick)
    {
        var format = ScrapeExporter.Of(ExpositionFormat.OpenMetrics100, gzip: true);
        var (ours, plain) = (new List<double>(), new List<double>());
        for (var round = 0; round < (quick ? 2 : 5); round++)
        {
            ours.Add(FirstScrape(new ScrapeExporter { Format = format }));
            plain.Add(FirstScrape(new ScrapeExporter { Format = format, Plain = new PlainWriter() }));
        }
        var (our, their) = (Middle(ours), Middle(plain));
        report.Line($"first scrape after 10,000 new samples beside 100,000: {our / 1e6:0.00} ms, a plain serializer with GZipStream Fastest {their / 1e6:0.00} ms");
        report.Goal("first-scrape-after-new-series", our / their, "x", "<=", 1);
    }

    private static double FirstScrape(ScrapeExporter exporter)
    {
        using var mix = new ScrapeMix(100_000, exporter);
        Warm(exporter, mix);
        mix.AddSeries(5_000, 5_000 / 13);
        var start = ProcessorClock.Now();
        exporter.Collect!(-1);
        return ProcessorClock.Now() - start;
    }

    /// <summary>Until the layout compiled in the background has taken over and the code has been optimised.</summary>
    private static void Warm(ScrapeExporter exporter, ScrapeMix mix)
    {
        exporter.Format = ScrapeExporter.Of(ExpositionFormat.OpenMetrics100, gzip: true);
        for (var i = 0; i < 60 && (i < 20 || !exporter.Renderer.IsCompiled); i++)
        {
            mix.Change();
            exporter.Collect!(-1);
            if (!exporter.Renderer.IsCompiled) Thread.Sleep(20);
        }
    }

    /// <summary>The SDK's own collection and ours, by turns: whatever else the machine or the compiler does at the time hits both.</summary>
    private static (Cost Collect, Cost Scrape) Compare(ScrapeExporter exporter, ScrapeMix mix, ScrapeFormat format, int rounds)
    {
        const int Turn = 10;
        var (collect, scrape) = (new Samples(), new Samples());
        Scrape(exporter, mix, format, rounds / 2, new Samples());
        for (var turn = 0; turn < rounds / Turn; turn++)
        {
            Scrape(exporter, mix, null, 2, new Samples());
            Scrape(exporter, mix, null, Turn, collect);
            Scrape(exporter, mix, format, 2, new Samples());
            Scrape(exporter, mix, format, Turn, scrape);
        }
        return (collect.Median(0), scrape.Median(exporter.Length));
    }

    private static Cost Median(ScrapeExporter exporter, ScrapeMix mix, ScrapeFormat? format, int rounds)
    {
        var samples = new Samples();
        Scrape(exporter, mix, format, rounds / 2, new Samples());
        Scrape(exporter, mix, format, rounds, samples);
        return samples.Median(exporter.Length);
    }

    private static void Scrape(ScrapeExporter exporter, ScrapeMix mix, ScrapeFormat? format, int rounds, Samples samples)
    {
        exporter.Format = format;
        for (var i = 0; i < rounds; i++)
        {
            mix.Change();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = ProcessorClock.Now();
            exporter.Collect!(-1);
            var time = ProcessorClock.Now() - start;
            samples.Add(time, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }
    }

    private static byte[] Text(ScrapeExporter exporter)
    {
        exporter.KeepsBody = true;
        exporter.Collect!(-1);
        exporter.KeepsBody = false;
        return exporter.Body;
    }

    private static (double Copy, double Compress, int Compressed) Floor(byte[] text, int rounds)
    {
        var target = new byte[text.Length];
        var stream = new MemoryStream(text.Length);
        var (copies, compressions) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            var start = ProcessorClock.Now();
            text.CopyTo(target, 0);
            copies.Add(ProcessorClock.Now() - start);
            stream.SetLength(0);
            start = ProcessorClock.Now();
            using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
            compressions.Add(ProcessorClock.Now() - start);
        }
        return (Middle(copies), Middle(compressions), (int)stream.Length);
    }

    private static void Line(Report report, int samples, string what, Cost cost) =>
        report.Line($"{samples,8} {what,-44} {cost.Nanoseconds / 1000,9:0.0} us {cost.Bytes,10:0} B {cost.Length,10} B");

    private static double Middle(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private sealed class Samples
    {
        private readonly List<double> _times = [];
        private readonly List<double> _bytes = [];

        public void Add(double time, double bytes)
        {
            _times.Add(time);
            _bytes.Add(bytes);
        }

        public Cost Median(int length) => new(Middle(_times), Middle(_bytes), length);
    }
}

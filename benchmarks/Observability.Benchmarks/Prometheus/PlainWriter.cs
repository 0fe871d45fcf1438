using System.Globalization;
using System.IO.Compression;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Benchmarks.Prometheus;

/// <summary>A serializer as one writes it first: every line from its metric, tags and value, through one buffered writer.</summary>
internal sealed class PlainWriter
{
    public int Write(in Batch<Metric> batch, bool gzip)
    {
        var target = new MemoryStream();
        using (Stream stream = gzip ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : new BufferedStream(target))
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16))
        {
            foreach (var metric in batch) Write(metric, writer);
            writer.Write("# EOF\n");
        }
        return target.ToArray().Length;
    }

    private static void Write(Metric metric, StreamWriter writer)
    {
        var name = metric.Name.Replace('.', '_');
        if (metric.MetricType == MetricType.LongSum)
        {
            writer.Write($"# TYPE {name} counter\n# HELP {name} {metric.Description}\n");
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                Series(writer, name, "_total", metric, point.Tags, null);
                writer.Write(point.GetSumLong());
                writer.Write('\n');
            }
            return;
        }
        name += "_seconds";
        writer.Write($"# TYPE {name} histogram\n# UNIT {name} seconds\n# HELP {name} {metric.Description}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var total = 0L;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                Series(writer, name, "_bucket", metric, point.Tags, bucket.ExplicitBound);
                writer.Write(total += bucket.BucketCount);
                writer.Write('\n');
            }
            Series(writer, name, "_sum", metric, point.Tags, null);
            writer.Write(point.GetHistogramSum().ToString(CultureInfo.InvariantCulture));
            writer.Write('\n');
            Series(writer, name, "_count", metric, point.Tags, null);
            writer.Write(point.GetHistogramCount());
            writer.Write('\n');
        }
    }

    private static void Series(StreamWriter writer, string name, string suffix, Metric metric, ReadOnlyTagCollection tags, double? bound)
    {
        writer.Write(name);
        writer.Write(suffix);
        writer.Write('{');
        foreach (var tag in tags)
        {
            foreach (var character in tag.Key) writer.Write(char.IsAsciiLetterOrDigit(character) ? character : '_');
            writer.Write("=\"");
            Escaped(writer, Convert.ToString(tag.Value, CultureInfo.InvariantCulture)!);
            writer.Write("\",");
        }
        writer.Write("otel_scope_name=\"");
        Escaped(writer, metric.MeterName);
        writer.Write("\",otel_scope_version=\"");
        Escaped(writer, metric.MeterVersion);
        writer.Write('"');
        if (bound is { } le)
        {
            writer.Write(",le=\"");
            writer.Write(double.IsPositiveInfinity(le) ? "+Inf" : le.ToString(CultureInfo.InvariantCulture));
            writer.Write('"');
        }
        writer.Write("} ");
    }

    private static void Escaped(StreamWriter writer, string text)
    {
        foreach (var character in text)
        {
            if (character is '"' or '\\') writer.Write('\\');
            writer.Write(character);
        }
    }
}

using System.Diagnostics.Metrics;
using Observability.Pipelines;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Tests.Pipelines;

public class FewSeriesTests
{
    [Theory]
    [InlineData("System.Runtime", "dotnet.gc.collections", 10)]
    [InlineData("System.Runtime", "dotnet.exceptions", 2000)]
    [InlineData("Observability.Process", "process.cpu.time", 10)]
    [InlineData("Microsoft.AspNetCore.Hosting", "http.server.active_requests", 100)]
    [InlineData("Microsoft.AspNetCore.Hosting", "http.server.request.duration", 2000)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "kestrel.active_connections", 100)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "kestrel.connection.duration", 2000)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "kestrel.tls_handshake.duration", 100)]
    [InlineData("Microsoft.AspNetCore.Routing", "aspnetcore.routing.match_attempts", 2000)]
    [InlineData("otel.sdk.experimental", "otel.sdk.processor.span.processed", 100)]
    [InlineData("Observability", "otel.sdk.exporter.span.exported", 10)]
    [InlineData("Observability", "observability.diagnostics", 100)]
    [InlineData("Observability.Logging", "observability.logging.dropped", 10)]
    [InlineData("Observability.Sampling", "observability.sampling.failures", 10)]
    [InlineData("Observability.Sampling", "observability.sampling.decisions", 2000)]
    [InlineData("System.Net.Http", "http.client.open_connections", 2000)]
    [InlineData("Shop", "dotnet.gc.collections", 2000)]
    public void Only_instruments_that_cannot_have_many_series_get_little_room(string meter, string instrument, int limit) =>
        Assert.Equal(limit, LimitOf(new MetricsOptions(), meter, instrument));

    [Theory]
    [InlineData(50)]
    [InlineData(5000)]
    public void A_limit_that_was_set_is_everybodys(int limit) =>
        Assert.Equal(limit, LimitOf(new MetricsOptions { CardinalityLimit = limit }, "System.Runtime", "dotnet.gc.collections"));

    [Fact]
    public void A_views_own_limit_wins_and_a_view_without_one_changes_nothing()
    {
        var metrics = new MetricsOptions();
        metrics.Views.Add(new MetricViewOptions { Instrument = "dotnet.gc.*", CardinalityLimit = 3000 });
        metrics.Views.Add(new MetricViewOptions { Instrument = "dotnet.jit.*", DropAttributes = { "x" } });
        Assert.Equal((3000, 10), (LimitOf(metrics, "System.Runtime", "dotnet.gc.collections"), LimitOf(metrics, "System.Runtime", "dotnet.jit.compiled_methods")));
    }

    [Fact]
    public void What_does_not_fit_is_counted_in_one_point_that_says_so()
    {
        using var meter = new Meter("Microsoft.EntityFrameworkCore");
        var metrics = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddView(new InstrumentViews(new MetricsOptions(), new OtherViews([])).For)
            .AddReader(new BaseExportingMetricReader(new Basket(metrics)))
            .Build();
        var counter = meter.CreateCounter<long>("few.series." + Guid.NewGuid().ToString("N"));
        for (var i = 0; i < 150; i++) counter.Add(1, new KeyValuePair<string, object?>("set", i));
        provider.ForceFlush();
        var (points, sum, overflow) = (0, 0L, 0L);
        foreach (ref readonly var point in Assert.Single(metrics, metric => metric.Name == counter.Name).GetMetricPoints())
        {
            points++;
            sum += point.GetSumLong();
            foreach (var tag in point.Tags)
                if (tag.Key == "otel.metric.overflow") overflow = point.GetSumLong();
        }
        Assert.Equal((101, 150, 50), (points, sum, overflow));
    }

    /// <summary>Without a stream of ours, the SDK's own limit holds.</summary>
    private static int LimitOf(MetricsOptions options, string meterName, string instrument)
    {
        using var meter = new Meter(meterName);
        return new InstrumentViews(options, new OtherViews([])).For(meter.CreateCounter<long>(instrument))?.CardinalityLimit ?? 2000;
    }

    private sealed class Basket(List<Metric> metrics) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch) metrics.Add(metric);
            return ExportResult.Success;
        }
    }
}

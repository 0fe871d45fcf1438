using System.Diagnostics.Metrics;
using Observability.Export;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Observability.Tests.Export;

public class OtlpMetricsExporterTests
{
    [Fact]
    public void Items_are_data_points_and_not_instruments()
    {
        var name = "Test." + Guid.NewGuid().ToString("N");
        var lane = new ExportLane(Signal.Metrics, "otlp", capacity: 0, (_, _, _) => { }, _ => { });
        var refused = new OtlpExporterOptions { Endpoint = new Uri("http://127.0.0.1:1/v1/metrics"), Protocol = OtlpExportProtocol.HttpProtobuf };
        using var meter = new Meter(name);
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(name).AddReader(new BaseExportingMetricReader(new OtlpMetricsExporter(refused, lane, () => false))).Build();
        var orders = meter.CreateCounter<int>("orders");
        for (var shop = 0; shop < 40; shop++) orders.Add(1, new KeyValuePair<string, object?>("shop", shop));
        meter.CreateHistogram<double>("latency").Record(1);

        provider.ForceFlush();
        Assert.Equal(41, lane.Failed);
    }
}

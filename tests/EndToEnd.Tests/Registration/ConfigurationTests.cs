using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Registration;

/// <summary>What the environment and the configuration section say about the resource and the metrics reaches the wire.</summary>
public class ConfigurationTests
{
    [SkippableFact]
    public async Task The_resource_takes_the_standard_variables_and_the_downward_API()
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["OTEL_SERVICE_NAME"] = "checkout";
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=pay%20ments,service.name=loses,k8s.namespace.name=shop,deployment.environment.name=staging";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/");

        var resource = (await receiver.WaitForSpan(span => span.Kind == "Server")).Origin.Resource;

        Assert.Equal(("checkout", "pay ments", "shop", "staging"), (resource["service.name"], resource["team"], resource["k8s.namespace.name"], resource["deployment.environment.name"]));
    }

    [SkippableFact]
    public async Task Metrics_are_dropped_reshaped_stripped_and_bounded_by_configuration()
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["Observability__Metrics__Drop__0"] = "kestrel.*";
        environment["Observability__Metrics__ConstantLabels__region"] = "eu";
        environment["Observability__Metrics__Views__0__Instrument"] = "shop.parcel.weight";
        environment["Observability__Metrics__Views__0__Boundaries__0"] = "1";
        environment["Observability__Metrics__Views__0__Boundaries__1"] = "2";
        environment["Observability__Metrics__Views__0__DropAttributes__0"] = "colour";
        environment["Observability__Metrics__Views__1__Instrument"] = "shop.orders";
        environment["Observability__Metrics__Views__1__CardinalityLimit"] = "3";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        for (var i = 0; i < 10; i++) await app.Get($"/order/colour{i}");

        var orders = await receiver.WaitForMetric(metric => metric.Name == "shop.orders" && metric.Points.Sum(point => point.Value) == 10);
        var weight = await receiver.WaitForMetric(metric => metric.Name == "shop.parcel.weight" && metric.Points.Any(point => point.Count == 10));

        Assert.Equal("eu", orders.Origin.Resource["region"]);
        var overflow = Assert.Single(orders.Points, point => point.Attributes.GetValueOrDefault("otel.metric.overflow") is true);
        Assert.Equal(7, overflow.Value);
        Assert.Equal([1.0, 2.0], Assert.Single(weight.Points).Bounds);
        Assert.Empty(weight.Points[0].Attributes);
        Assert.DoesNotContain(receiver.Metrics, metric => metric.Name.StartsWith("kestrel.", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("delta", false)]
    [InlineData("cumulative", true)]
    public async Task Temporality_is_as_preferred(string preference, bool isCumulative)
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = preference;
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/order/red");

        Assert.Equal(isCumulative, (await receiver.WaitForMetric(metric => metric.Name == "shop.orders")).IsCumulative);
    }

    [SkippableFact]
    public async Task Histograms_are_exponential_when_preferred()
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"] = "base2_exponential_bucket_histogram";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/order/red");

        Assert.Equal(MetricKind.ExponentialHistogram, (await receiver.WaitForMetric(metric => metric.Name == "shop.parcel.weight")).Kind);
    }
}

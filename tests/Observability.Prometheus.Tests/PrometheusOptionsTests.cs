using OpenTelemetry.Resources;

namespace Observability.Prometheus.Tests;

public class PrometheusOptionsTests
{
    [Fact]
    public void Every_fault_is_named_at_once_with_its_place_and_remedy()
    {
        var options = new PrometheusOptions { Keep = ["", "a{b}"], Quantiles = [2], ScrapeTimeout = TimeSpan.Zero, TranslationStrategy = (PrometheusTranslationStrategy)9 };
        options.ConstantLabels["le"] = "x";
        options.ConstantLabels["a.b"] = "x";
        options.Listener.Host = "nowhere in particular";
        options.Listener.Port = -1;
        options.Listener.Path = "metrics";
        options.Listener.Username = "u";
        options.Listener.CertificatePath = "/does/not/exist";
        var faults = new PrometheusOptionsValidator().Validate(null, options).Failures!.ToList();
        Assert.Equal(12, faults.Count);
        Assert.All(faults, fault => Assert.StartsWith("Observability:Prometheus:", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_have_no_fault() => Assert.True(new PrometheusOptionsValidator().Validate(null, new PrometheusOptions()).Succeeded);

    [Fact]
    public void Series_are_kept_and_dropped_by_name_and_label()
    {
        using var exposition = new Exposition(options => (options.Keep, options.Drop) = (["http*", "queue_*"], ["http*{path=/health*}", "queue_old"]));
        var requests = exposition.Meter.CreateCounter<long>("http.requests");
        requests.Add(1, new KeyValuePair<string, object?>("path", "/orders"));
        requests.Add(1, new KeyValuePair<string, object?>("path", "/healthz"));
        foreach (var gauge in new[] { "queue.length", "queue.old", "other" }) exposition.Meter.CreateGauge<long>(gauge).Record(1);
        var expected = "# HELP http_requests_total http.requests\n# TYPE http_requests_total counter\nhttp_requests_total{path=\"/orders\"} 1\n# TYPE queue_length gauge\nqueue_length 1\n";
        Assert.Equal(expected, exposition.Scrape());
        Assert.Equal(expected, exposition.Scrape(Exposition.Text, "gzip"));
    }

    [Fact]
    public void Resource_attributes_become_labels_where_asked()
    {
        using var exposition = new Exposition(options => options.ResourceLabels = ["service.*"], resource: resource => resource.AddAttributes(new Dictionary<string, object> { ["service.name"] = "shop", ["host.name"] = "h" }));
        exposition.Meter.CreateCounter<long>("c").Add(1);
        var text = exposition.Scrape();
        Assert.Contains("c_total{service_name=\"shop\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("target_info{host_name=\"h\",service_name=\"shop\"} 1", text, StringComparison.Ordinal);
    }
}

using TestPeers;

namespace Observability.Prometheus.Tests.Proof;

public class RealServerTests
{
    [SkippableFact]
    public async Task A_real_server_stores_the_values_that_were_recorded()
    {
        var program = Tool.Require("prometheus");
        using var exposition = new Exposition();
        var counter = exposition.Meter.CreateCounter<long>("orders", "{order}", "Orders taken.");
        var histogram = exposition.Meter.CreateHistogram<double>("latency", "s", "How long.");
        counter.Add(5, new KeyValuePair<string, object?>("shop.name", "north"));
        counter.Add(7, new KeyValuePair<string, object?>("shop.name", "south"));
        histogram.Record(0.3);
        histogram.Record(30);
        await using var listener = new PrometheusListener(exposition.Responder, new PrometheusListenerOptions { Host = "127.0.0.1", Port = 0 });
        listener.Start();
        await using var server = await PrometheusServer.Start(program, listener.EndPoints[0].Port);

        await server.WaitUntil(async () => (await server.Query("orders_total")).Count > 0, "a scrape is stored");
        var orders = await server.Query("orders_total", "shop_name");
        Assert.Equal(5, orders["north"]);
        Assert.Equal(7, orders["south"]);
        Assert.Equal(30.3, (await server.Query("latency_seconds_sum"))[""], 9);
        Assert.Equal(2, (await server.Query("latency_seconds_count"))[""]);
        Assert.Equal("", await server.LastError());
    }
}

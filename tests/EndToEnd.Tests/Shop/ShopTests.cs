using System.Text.Json;
using EndToEnd.Tests.Peers;
using OtlpReceiver;
using TestPeers;

namespace EndToEnd.Tests.Shop;

/// <summary>The sample's three processes at a real collector's place and under a real Prometheus.</summary>
public class ShopTests
{
    [SkippableFact]
    public async Task A_checkout_is_one_trace_across_three_processes_with_the_right_parents()
    {
        await using var receiver = await Receiver.Start();
        await using var shop = await ShopRun.Start(receiver);

        Assert.InRange(await shop.Checkout("tea"), 200, 299);

        await Follow(receiver);
    }

    [SkippableFact]
    public async Task On_PostgreSQL_it_is_the_same_trace()
    {
        await using var postgres = await PostgresCluster.Start();
        await using var receiver = await Receiver.Start();
        await using var shop = await ShopRun.Start(receiver, postgres.ConnectionString + ";Pooling=false");

        Assert.InRange(await shop.Checkout("tea"), 200, 299);

        await Follow(receiver);
        await receiver.WaitForSpan(span => span.Origin.Service == "shop-orders" && (span["db.system.name"] ?? span["db.system"]) is "postgresql");
    }

    [SkippableFact]
    public async Task A_declined_payment_is_an_error_on_both_sides()
    {
        await using var receiver = await Receiver.Start();
        await using var shop = await ShopRun.Start(receiver);

        Assert.Equal(502, await shop.Checkout("gift-card"));

        var orders = await receiver.WaitForSpan(span => span.Origin.Service == "shop-orders" && span.Kind == "Server" && span["http.route"] is "/orders");
        var web = await receiver.WaitForSpan(span => span.Origin.Service == "shop-web" && span.Kind == "Server" && span["http.route"] is "/checkout");
        Assert.Equal(("Error", 500L, "Error", 502L), (orders.Status, orders["http.response.status_code"], web.Status, web["http.response.status_code"]));
        Assert.Contains(receiver.Spans, span => span.TraceId == web.TraceId && span.Events.Any(happened => happened.Name == "exception"));
    }

    [SkippableFact]
    public async Task Prometheus_scrapes_all_three_and_its_exemplar_names_the_trace_that_the_log_lines_name()
    {
        Tool.Require("promtool");
        await using var receiver = await Receiver.Start();
        await using var shop = await ShopRun.Start(receiver);
        await using var prometheus = await PrometheusServer.Scraping(shop.Metrics);
        await prometheus.Query("sum(up)", value => value == 3);
        for (var i = 0; i < 5; i++) Assert.InRange(await shop.Checkout("tea"), 200, 299);

        await prometheus.Query("sum(shop_checkouts_total)", value => value == 5);
        var exemplars = await prometheus.Exemplars("shop_checkout_duration_seconds_bucket");
        // Spans and the worker's lines come when they come; both within the patience of the test.
        await shop.Until(() => !exemplars.Except(Traces(receiver)).Any(), "the receiver has the traces that the exemplars name");
        foreach (var name in new[] { "Shop.Web", "Shop.Orders", "Shop.Worker" })
            await shop.Until(() => TracesOfLines(shop.Output(name)).Intersect(Traces(receiver)).Any(), $"a log line of {name} names a trace");

        using var client = new HttpClient();
        foreach (var endpoint in shop.Metrics)
            Assert.Empty(PromtoolVerdict.On(await client.GetStringAsync(endpoint)));
    }

    private static IEnumerable<string> Traces(Receiver receiver) => receiver.Spans.Where(span => span.Kind == "Server").Select(span => span.TraceId);

    private static IEnumerable<string> TracesOfLines(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith('{'))
        .Select(line => JsonDocument.Parse(line).RootElement.TryGetProperty("trace_id", out var id) ? id.GetString()! : "");

    /// <summary>Walks from the worker's span up to the front end's, parent by parent.</summary>
    private static async Task Follow(Receiver receiver)
    {
        var packed = await receiver.WaitForSpan(span => span.Origin.Service == "shop-worker" && span.Kind == "Consumer");
        var sent = await receiver.WaitForSpan(span => span.SpanId == packed.ParentSpanId);
        Assert.Equal(("shop-orders", "Producer"), (sent.Origin.Service, sent.Kind));
        var orders = await Ancestor(receiver, sent, "shop-orders");
        var call = await receiver.WaitForSpan(span => span.SpanId == orders.ParentSpanId);
        Assert.Equal(("shop-web", "Client"), (call.Origin.Service, call.Kind));
        var web = await Ancestor(receiver, call, "shop-web");
        Assert.Equal("", web.ParentSpanId);
        Assert.Single(new[] { packed, sent, orders, call, web }.Select(span => span.TraceId).Distinct());
        Assert.Empty(receiver.Violations);
    }

    /// <summary>The server span of the same process above a span.</summary>
    private static async Task<ReceivedSpan> Ancestor(Receiver receiver, ReceivedSpan span, string service)
    {
        while (span.Kind != "Server")
        {
            var parent = span.ParentSpanId;
            span = await receiver.WaitForSpan(candidate => candidate.SpanId == parent);
            Assert.Equal(service, span.Origin.Service);
        }
        return span;
    }
}

using TestPeers;

namespace Observability.Prometheus.Tests.Push;

public class PrometheusPusherTests
{
    [SkippableFact]
    public async Task A_real_gateway_takes_what_a_short_job_pushes_and_lets_it_go()
    {
        var program = Tool.Require("prometheus-pushgateway");
        using var exposition = new Exposition();
        exposition.Meter.CreateCounter<long>("rows", "{row}", "Rows written.").Add(42, new KeyValuePair<string, object?>("table", "orders"));
        var address = new Uri($"http://127.0.0.1:{PrometheusServer.FreePort()}");
        await using var gateway = RunningProcess.Start(program, [$"--web.listen-address={address.Authority}"]);
        using var client = new HttpClient { BaseAddress = address };
        var options = new PrometheusPusherOptions { Address = address, Job = "night/run" };
        options.Grouping["instance"] = "";
        options.Grouping["zone"] = "a b";
        using var pusher = new PrometheusPusher(exposition.Responder, options);

        await gateway.WaitUntil(async () => await pusher.PushAsync(), TimeSpan.FromMinutes(2), "the gateway takes a push");
        var metrics = await client.GetStringAsync("/metrics");
        Assert.Contains("""rows_total{instance="",job="night/run",table="orders",zone="a b"} 42""", metrics, StringComparison.Ordinal);
        Assert.True(await pusher.DeleteAsync());
        Assert.DoesNotContain("rows_total", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_a_false_not_an_exception()
    {
        using var exposition = new Exposition();
        using var pusher = new PrometheusPusher(exposition.Responder, new PrometheusPusherOptions { Address = new Uri($"http://127.0.0.1:{PrometheusServer.FreePort()}"), Job = "j" });
        Assert.False(await pusher.PushAsync());
    }

    [Fact]
    public void An_address_and_a_job_are_required()
    {
        using var exposition = new Exposition();
        Assert.Throws<ArgumentException>(() => new PrometheusPusher(exposition.Responder, new PrometheusPusherOptions { Job = "j" }));
        Assert.Throws<ArgumentException>(() => new PrometheusPusher(exposition.Responder, new PrometheusPusherOptions { Address = new Uri("http://h") }));
    }
}

using System.Net;
using System.Net.Sockets;
using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>How a hooked process ends.</summary>
public class EndTests
{
    [Fact]
    public async Task A_host_that_is_told_to_stop_stops_in_order_while_the_collector_says_nothing()
    {
        // Accepts connections and never answers: a flush lasts until its limit.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var app = await StartReady("http://" + silent.LocalEndpoint);

        app.Process.Signal("TERM");

        Assert.Equal(0, await app.Process.WaitForExit(HookedRun.Patience));
        var lines = app.Process.Output.ToList();
        var stopped = lines.IndexOf("PlainWeb has stopped");
        var told = lines.FindIndex(line => line.Contains("Application is shutting down", StringComparison.Ordinal));
        Assert.True(told >= 0 && stopped > told, string.Join('\n', lines));
    }

    [SkippableFact]
    public async Task An_application_that_reloads_on_a_hangup_does_so_without_a_delivery()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no POSIX signals");
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var app = await StartReady("http://" + collector.LocalEndpoint, "reload");

        app.Process.Signal("HUP");

        await app.Process.WaitUntil(() => app.Process.Output.Contains("PlainWeb reloads"), HookedRun.Patience, "it reloads");
        Assert.False(collector.Pending(), "a delivery was begun before the application was asked");
        Assert.Equal("item 1", await app.Http.GetStringAsync("/items/1"));
    }

    [SkippableFact]
    public async Task An_application_that_a_hangup_ends_delivers_before()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no POSIX signals");
        await using var receiver = await Receiver.Start();
        await using var app = await StartReady(receiver.GrpcEndpoint.ToString());

        app.Process.Signal("HUP");

        Assert.Equal(128 + 1, await app.Process.WaitForExit(HookedRun.Patience));
        await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
    }

    /// <summary>An agent that sends nothing by itself for a minute.</summary>
    private static async Task<HookedRun> StartReady(string collector, params string[] arguments)
    {
        var environment = HookedRun.Hooked();
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = environment["OTEL_BLRP_SCHEDULE_DELAY"] = environment["OTEL_METRIC_EXPORT_INTERVAL"] = "60000";
        var app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, arguments, environment);
        await app.Http.GetStringAsync("/items/1");
        await app.Process.WaitUntil(() => app.JsonLines.Any(line => line.GetProperty("message").GetString() == "Item 1 was asked for"), HookedRun.Patience, "the agent is ready");
        return app;
    }
}

using System.Net;
using System.Net.Sockets;
using Observability.AutoInstrumentation.Tests.Apps;

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
        var environment = HookedRun.Hooked();
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://" + silent.LocalEndpoint;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = environment["OTEL_BLRP_SCHEDULE_DELAY"] = "60000";
        await using var app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], environment);
        await app.Http.GetStringAsync("/items/1");
        await app.Process.WaitUntil(() => app.JsonLines.Any(line => line.GetProperty("message").GetString() == "Item 1 was asked for"), HookedRun.Patience, "the agent is ready");

        app.Process.Signal("TERM");

        Assert.Equal(0, await app.Process.WaitForExit(HookedRun.Patience));
        var lines = app.Process.Output.ToList();
        var stopped = lines.IndexOf("PlainWeb has stopped");
        var told = lines.FindIndex(line => line.Contains("Application is shutting down", StringComparison.Ordinal));
        Assert.True(told >= 0 && stopped > told, string.Join('\n', lines));
    }
}

using Observability.Ebpf.Agent.Events;
using Observability.Ebpf.Agent.Export;
using OtlpReceiver;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Export;

public sealed class ExportTests
{
    private static readonly KernelEvent Retransmit = new() { Kind = KernelEventKind.Retransmit, Attribution = Attribution.Exact, TraceHigh = 1, TraceLow = 2, Span = 3, TraceFlags = 1, Cookie = 9, Family = 2, Offset = 5_000, Bytes = 100 };

    [SkippableFact]
    public async Task An_event_arrives_over_OTLP_as_a_log_event_of_its_span()
    {
        await using var receiver = await Receiver.Start();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.HttpEndpoint.ToString());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        var record = new EventDescriber(_ => null, new Dictionary<int, string>(), _ => null, DateTimeOffset.UnixEpoch).Describe(Retransmit)!;

        using (var logs = new EventLogs("node-7")) logs.Send(record);

        var log = Assert.Single(receiver.Logs, log => log.EventName == "tcp.retransmit");
        Assert.Equal("01000000000000000200000000000000", log.TraceId);
        Assert.Equal("0300000000000000", log.SpanId);
        Assert.Equal("exact", log.Attributes["attribution"]);
        Assert.Equal("9", log.Attributes["network.socket.cookie"]);
        Assert.Equal(5_000L, log.Attributes["tcp.retransmit.offset"]);
        Assert.Equal("node-7", log.Origin.Resource["host.name"]);
    }

    [SkippableFact]
    public void Promtool_accepts_the_metrics()
    {
        var promtool = Tool.Require("promtool");
        var verdict = Tool.Run(promtool, ["check", "metrics"], Metrics().Write(isOpenMetrics: false, out _));
        Assert.True(verdict.ExitCode == 0, verdict.ToString());
    }

    [Fact]
    public void OpenMetrics_carry_the_span_as_exemplar_and_never_the_cookie()
    {
        var text = Metrics().Write(isOpenMetrics: true, out var type);
        Assert.StartsWith("application/openmetrics-text", type, StringComparison.Ordinal);
        Assert.Contains("observability_ebpf_events_total{event=\"tcp.retransmit\",attribution=\"exact\"} 1 # {trace_id=\"01000000000000000200000000000000\",span_id=\"0300000000000000\"} 1 ", text, StringComparison.Ordinal);
        Assert.Contains("system_network_tcp_connect_duration_seconds_bucket{le=\"5\"} 1 # {trace_id=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cookie", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metrics_are_scraped_over_HTTP()
    {
        using var server = Start(Metrics(), out var port);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{port}/metrics");
        request.Headers.TryAddWithoutValidation("Accept", ExpositionText.OpenMetricsType);
        using var response = await client.SendAsync(request);
        Assert.Contains("observability_ebpf_events_total", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync(new Uri($"http://localhost:{port}/other"))).StatusCode);
    }

    [Fact]
    public void A_tenant_that_floods_loses_its_own_events_only()
    {
        var limit = new RateLimit(3, TimeProvider.System);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limit.Allows(1)));
        Assert.True(limit.Allows(2));
    }

    [Fact]
    public void What_no_trace_has_is_not_plausible()
    {
        Assert.True(EventDescriber.IsPlausible(Retransmit));
        Assert.False(EventDescriber.IsPlausible(Retransmit with { Span = 0 }));
        Assert.False(EventDescriber.IsPlausible(Retransmit with { TraceHigh = 0, TraceLow = 0 }));
        Assert.False(EventDescriber.IsPlausible(Retransmit with { TraceFlags = 200 }));
    }

    [Theory]
    [InlineData("nr_periods 5\nnr_throttled 3\nthrottled_time 7000\n", 3, 7_000)]
    [InlineData("usage_usec 1\nnr_periods 5\nnr_throttled 3\nthrottled_usec 7\n", 3, 7_000)]
    public void Both_versions_of_cpu_stat_are_read(string text, long periods, long nanoseconds) => Assert.Equal((periods, nanoseconds), Throttling.Parse(text));

    private static EventMetrics Metrics()
    {
        var metrics = new EventMetrics(TimeProvider.System, () => [("Retransmit", "agent", 0)]);
        metrics.Count(Retransmit, "tcp.retransmit");
        metrics.Count(Retransmit with { Kind = KernelEventKind.Connect, Value = 1_004_000_000 }, "tcp.connect");
        return metrics;
    }

    /// <summary>HttpListener cannot take a port of the system's choice.</summary>
    private static MetricsServer Start(EventMetrics metrics, out int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            using (var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
            }
            try
            {
                return new MetricsServer("localhost", port, metrics);
            }
            catch (System.Net.HttpListenerException) when (attempt < 5)
            {
                // Another was quicker.
            }
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Events;

/// <summary>What happens to connections of a plain HttpClient, told with the span of the request that it happened to.</summary>
public sealed class ConnectionEventTests
{
    [SkippableFact]
    public async Task A_lost_greeting_is_a_slow_connect_of_the_request_that_waited_for_it()
    {
        using var calls = WatchedCalls.Require();
        calls.Neighbour.LoseGreetings(1);
        var serving = calls.ServeOnce("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        await calls.Client.GetStringAsync(calls.Address);

        await serving;
        var connect = await calls.Find("tcp.connect");
        // The kernel sends a greeting again after a second.
        Assert.InRange(connect.GetProperty("tcp.connect.duration").GetDouble(), 0.9, 30);
        Assert.NotEqual("none", (await calls.Find("tcp.retransmit")).GetProperty("attribution").GetString());
    }

    [SkippableFact]
    public async Task A_refused_connection_is_told_with_the_request_that_was_refused()
    {
        using var calls = WatchedCalls.Require();
        var address = calls.Address;
        calls.Listener.Dispose();

        await Assert.ThrowsAsync<HttpRequestException>(() => calls.Client.GetStringAsync(address));

        var span = calls.Request;
        var refused = await calls.Find("tcp.refused");
        Assert.Equal(111, refused.GetProperty("error.code").GetInt32());
        Assert.Equal(span.GetTagItem("network.socket.cookie"), refused.GetProperty("network.socket.cookie").GetString());
        Assert.Equal(address.Port, refused.GetProperty("network.peer.port").GetInt32());
    }

    [SkippableFact]
    public async Task A_reset_is_told_with_the_request_that_was_cut_off()
    {
        using var calls = WatchedCalls.Require();
        var serving = calls.ServeOnce("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", reset: true);

        await Assert.ThrowsAsync<HttpRequestException>(() => calls.Client.GetStringAsync(calls.Address));

        await serving;
        Assert.Equal("receive", (await calls.Find("tcp.reset")).GetProperty("network.io.direction").GetString());
    }

    [SkippableFact]
    public async Task A_packet_that_the_other_side_dropped_is_told_with_the_sending_span_and_the_kernel_s_reason()
    {
        using var calls = WatchedCalls.Require("--drops");
        var serving = calls.ServeOnce("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        calls.Neighbour.LoseNext(1, least: 1);

        await calls.Client.GetStringAsync(calls.Address);

        await serving;
        Assert.Equal("TC_INGRESS", (await calls.Find("tcp.drop")).GetProperty("tcp.drop.reason").GetString());
        await calls.Find("tcp.retransmit");
    }

    [SkippableFact]
    public async Task A_packet_that_this_side_dropped_is_told_with_the_span_that_the_connection_carries()
    {
        using var calls = WatchedCalls.Require("--drops");
        var mayClose = new TaskCompletionSource();
        var serving = Task.Run(async () =>
        {
            using var connection = await calls.Listener.AcceptAsync();
            await connection.ReceiveAsync(new byte[4096]);
            // The other side does not learn that its answer arrived and sends it again: it is old here.
            calls.Neighbour.LoseAcknowledgements(1);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
            await mayClose.Task;
        });

        await calls.Client.GetStringAsync(calls.Address);

        var span = calls.Request;
        var drops = await calls.Agent.WaitFor("tcp.drop", events => events.Any(IsOld));
        var drop = drops.First(IsOld);
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (drop.GetProperty("trace_id").GetString(), drop.GetProperty("span_id").GetString()));
        Assert.Equal(span.GetTagItem("network.socket.cookie"), drop.GetProperty("network.socket.cookie").GetString());
        mayClose.SetResult();
        await serving;

        static bool IsOld(JsonElement line) => line.GetProperty("tcp.drop.reason").GetString() == "TCP_OLD_DATA";
    }

    [SkippableFact]
    public async Task While_the_span_lives_the_event_is_on_the_span_itself()
    {
        using var calls = WatchedCalls.Require();
        calls.Neighbour.LoseGreetings(1);
        var mayAnswer = new TaskCompletionSource();
        var serving = calls.ServeOnce("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", mayAnswer.Task);
        Activity? request = null;
        using var watch = new ActivityListener { ShouldListenTo = source => source.Name == "System.Net.Http", ActivityStarted = span => request = span };
        ActivitySource.AddActivityListener(watch);

        var asking = calls.Client.GetStringAsync(calls.Address);
        // The answer waits until the kernel's news has arrived: the span is still open.
        var clock = Stopwatch.StartNew();
        while (request?.Events.Any(happened => happened.Name == "tcp.connect") != true && clock.Elapsed < TimeSpan.FromSeconds(90)) await Task.Delay(20);
        mayAnswer.SetResult();
        await asking;
        await serving;

        var connect = Assert.Single(request!.Events, happened => happened.Name == "tcp.connect");
        Assert.InRange((double)connect.Tags.Single(tag => tag.Key == "tcp.connect.duration").Value!, 0.9, 30);
        Assert.InRange(connect.Timestamp.UtcDateTime, request.StartTimeUtc.AddSeconds(0.5), request.StartTimeUtc + request.Duration);
        Assert.Contains(request.Events, happened => happened.Name == "tcp.retransmit");
    }
}

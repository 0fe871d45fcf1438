using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Events;

/// <summary>What happens to connections of a plain HttpClient, told with the span of the request that it happened to.</summary>
public sealed class ConnectionEventTests
{
    private const string Request = "System.Net.Http.HttpRequestOut";

    [SkippableFact]
    public async Task A_lost_greeting_is_a_slow_connect_of_the_request_that_waited_for_it()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount);
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        using var client = new HttpClient();
        neighbour.LoseGreetings(1);
        var serving = ServeOnce(listener, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        await client.GetStringAsync(Address(listener));

        await serving;
        var span = Assert.Single(application.Ended, span => span.OperationName == Request);
        var connect = await Find(agent, "tcp.connect", span);
        // The kernel sends a greeting again after a second.
        Assert.InRange(connect.GetProperty("tcp.connect.duration").GetDouble(), 0.9, 30);
        Assert.NotEqual("none", (await Find(agent, "tcp.retransmit", span)).GetProperty("attribution").GetString());
    }

    [SkippableFact]
    public async Task A_refused_connection_is_told_with_the_request_that_was_refused()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount);
        using var application = new TaggedApplication(agent.Maps);
        Uri address;
        using (var listener = neighbour.Listen()) address = Address(listener);
        using var client = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(address));

        var span = Assert.Single(application.Ended, span => span.OperationName == Request);
        var refused = await Find(agent, "tcp.refused", span);
        Assert.Equal(111, refused.GetProperty("error.code").GetInt32());
        Assert.Equal(span.GetTagItem("network.socket.cookie"), refused.GetProperty("network.socket.cookie").GetString());
        Assert.Equal(address.Port, refused.GetProperty("network.peer.port").GetInt32());
    }

    [SkippableFact]
    public async Task A_reset_is_told_with_the_request_that_was_cut_off()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount);
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        using var client = new HttpClient();
        var serving = ServeOnce(listener, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", reset: true);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(Address(listener)));

        await serving;
        var span = Assert.Single(application.Ended, span => span.OperationName == Request);
        Assert.Equal("receive", (await Find(agent, "tcp.reset", span)).GetProperty("network.io.direction").GetString());
    }

    [SkippableFact]
    public async Task A_packet_that_the_other_side_dropped_is_told_with_the_sending_span_and_the_kernel_s_reason()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount, "--drops");
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        using var client = new HttpClient();
        var serving = ServeOnce(listener, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        neighbour.LoseNext(1, least: 1);

        await client.GetStringAsync(Address(listener));

        await serving;
        var span = Assert.Single(application.Ended, span => span.OperationName == Request);
        Assert.Equal("TC_INGRESS", (await Find(agent, "tcp.drop", span)).GetProperty("tcp.drop.reason").GetString());
        await Find(agent, "tcp.retransmit", span);
    }

    [SkippableFact]
    public async Task A_packet_that_this_side_dropped_is_told_with_the_span_that_the_connection_carries()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount, "--drops");
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        using var client = new HttpClient();
        var mayClose = new TaskCompletionSource();
        var serving = Task.Run(async () =>
        {
            using var connection = await listener.AcceptAsync();
            await connection.ReceiveAsync(new byte[4096]);
            // The other side does not learn that its answer arrived and sends it again: it is old here.
            neighbour.LoseAcknowledgements(1);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
            await mayClose.Task;
        });

        await client.GetStringAsync(Address(listener));

        var span = Assert.Single(application.Ended, span => span.OperationName == Request);
        var drops = await agent.WaitFor("tcp.drop", events => events.Any(IsOld));
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
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount);
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        using var client = new HttpClient();
        neighbour.LoseGreetings(1);
        var mayAnswer = new TaskCompletionSource();
        var serving = ServeOnce(listener, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", mayAnswer.Task);
        Activity? request = null;
        using var watch = new ActivityListener { ShouldListenTo = source => source.Name == "System.Net.Http", ActivityStarted = span => request = span };
        ActivitySource.AddActivityListener(watch);

        var asking = client.GetStringAsync(Address(listener));
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

    internal static Uri Address(Socket listener) => new($"http://{listener.LocalEndPoint}/");

    internal static async Task<JsonElement> Find(RunningAgent agent, string name, Activity span)
    {
        var (trace, id) = (span.TraceId.ToHexString(), span.SpanId.ToHexString());
        var events = await agent.WaitFor(name, events => events.Any(IsOfSpan));
        return events.First(IsOfSpan);

        bool IsOfSpan(JsonElement line) => line.TryGetProperty("trace_id", out var value) && value.GetString() == trace && line.GetProperty("span_id").GetString() == id;
    }

    internal static async Task ServeOnce(Socket listener, string answer, Task? when = null, bool reset = false)
    {
        using var connection = await listener.AcceptAsync();
        await connection.ReceiveAsync(new byte[4096]);
        if (when is not null) await when;
        await connection.SendAsync(Encoding.ASCII.GetBytes(answer));
        if (reset) connection.LingerState = new LingerOption(true, 0);
    }
}

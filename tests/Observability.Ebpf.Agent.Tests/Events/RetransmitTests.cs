using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Events;

public sealed class RetransmitTests
{
    private const int Message = 1_000;
    private const int Messages = 400;
    private const int Connections = 4;

    [SkippableFact]
    public async Task Each_of_hundreds_of_retransmits_names_the_one_of_several_pipelined_spans_whose_bytes_were_lost()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount, "--limit", "100000");
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        // The port tells the connections apart; on each, message n is the bytes from n * 1000 on.
        var spans = new ConcurrentDictionary<(int Port, long Message), string>();
        neighbour.LoseEvery(6, least: 500);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Pipeline(application, listener, spans)));

        Assert.True(neighbour.Lost >= 200, $"only {neighbour.Lost} packets were lost");
        // Fewer than what was lost: the kernel sends neighbouring segments again as one.
        var events = await agent.WaitFor("tcp.retransmit", events => events.Count(IsExact) >= 200);
        var exact = events.Where(IsExact).ToList();
        Assert.All(exact, line =>
        {
            var message = line.GetProperty("tcp.retransmit.offset").GetInt64() / Message;
            Assert.Equal(spans[(line.GetProperty("network.local.port").GetInt32(), message)], line.GetProperty("trace_id").GetString() + line.GetProperty("span_id").GetString());
        });
    }

    private static bool IsExact(JsonElement line) => line.GetProperty("attribution").GetString() == "exact";

    /// <summary>Sends messages, each under its own span, at most three ahead of the server's answers.</summary>
    private static async Task Pipeline(TaggedApplication application, Socket listener, ConcurrentDictionary<(int, long), string> spans)
    {
        using var connection = await ConnectedPair.To(listener);
        var serving = Serve(connection.Far);
        var port = ((IPEndPoint)connection.Near.LocalEndPoint!).Port;
        await using var stream = application.Sockets.CreateStream(connection.Near);
        var (message, answer) = (new byte[Message], new byte[1]);
        for (var number = 0; number < Messages; number++)
        {
            if (number >= 3) await stream.ReadExactlyAsync(answer);
            using var span = application.Source.StartActivity("message")!;
            spans[(port, number)] = span.TraceId.ToHexString() + span.SpanId.ToHexString();
            await stream.WriteAsync(message);
        }
        for (var number = 0; number < 3; number++) await stream.ReadExactlyAsync(answer);
        connection.Near.Shutdown(SocketShutdown.Send);
        await serving;
    }

    private static async Task Serve(Socket connection)
    {
        var buffer = new byte[Message];
        var (filled, length) = (0, 0);
        while ((length = await connection.ReceiveAsync(buffer.AsMemory(filled))) > 0)
        {
            filled += length;
            if (filled < Message) continue;
            filled = 0;
            await connection.SendAsync(new byte[1]);
        }
    }
}

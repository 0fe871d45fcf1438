using System.Net.NetworkInformation;
using TestPeers;
using RabbitMQ.Client;

namespace Observability.Ebpf.Tests.Libraries;

public sealed class RabbitTests
{
    [SkippableFact]
    public async Task Every_publication_carries_the_cookie_of_its_connection()
    {
        Linux.Require();
        Skip.IfNot(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") == "1", "RabbitMQ's broker takes long to start: OBSERVABILITY_SLOW_TESTS=1 runs this");
        await using var broker = await RabbitBroker.Start();
        using var spans = new SpanCollector();
        var factory = new ConnectionFactory { Uri = broker.Address };
        await using var connections = new Connections(await factory.CreateConnectionAsync(), await factory.CreateConnectionAsync());

        foreach (var connection in connections.All)
        {
            await using var channel = await connection.CreateChannelAsync();
            for (var i = 0; i < 5; i++) await channel.BasicPublishAsync("", "nowhere", new byte[10]);
        }

        var sent = spans.Ended.Where(span => span.Source.Name == "RabbitMQ.Client.Publisher").ToList();
        Assert.Equal(10, sent.Count);
        var real = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Where(connection => connection.RemoteEndPoint.Port == broker.Address.Port).Select(connection => connection.LocalEndPoint.Port).ToHashSet();
        Assert.All(sent, span => Assert.Contains((int)span.GetTagItem("network.local.port")!, real));
        Assert.All(sent, span => Assert.True(ulong.Parse((string)span.GetTagItem("network.socket.cookie")!) > 0));
        Assert.Equal(2, sent.Select(span => (span.GetTagItem("network.socket.cookie"), span.GetTagItem("network.local.port"))).Distinct().Count());
    }

    private sealed class Connections(params IConnection[] all) : IAsyncDisposable
    {
        public IReadOnlyList<IConnection> All => all;

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in all) await connection.DisposeAsync();
        }
    }
}

using Npgsql;
using TestPeers;

namespace Observability.Ebpf.Tests.Libraries;

public sealed class NpgsqlTests
{
    [SkippableFact]
    public async Task Every_command_names_the_port_that_PostgreSQL_saw()
    {
        Linux.Require();
        await using var cluster = await PostgresCluster.Start();
        using var spans = new SpanCollector();
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString + ";Maximum Pool Size=3");
        var truth = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();

        // Six callers over three physical connections: each is used by several, and used again. The connections are opened and closed here: a command
        // of the data source's own (Npgsql 10.0) ends its span after its connection is back in the pool, by way of a reader that the next caller may
        // have by then, whose span ends instead.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var text = $"select inet_client_port(), '{caller}-{i}'";
                await using var connection = await source.OpenConnectionAsync();
                await using var command = new NpgsqlCommand(text, connection);
                truth[text] = (int)(await command.ExecuteScalarAsync())!;
            }
        })));

        var commands = (await spans.WaitFor(ended => ended.Count(IsMine) >= 60)).Where(IsMine).ToList();
        Assert.All(commands, span => Assert.Equal(truth[(string)span.GetTagItem("db.query.text")!], span.GetTagItem("network.local.port")));
        Assert.Equal(truth.Values.Distinct().Count(), commands.Select(span => span.GetTagItem("network.socket.cookie")).Distinct().Count());

        bool IsMine(System.Diagnostics.Activity span) => span.GetTagItem("db.query.text") is string text && truth.ContainsKey(text);
    }
}

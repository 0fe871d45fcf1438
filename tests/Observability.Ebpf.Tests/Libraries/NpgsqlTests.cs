using Npgsql;
using Observability.Ebpf.Tests.Peers;

namespace Observability.Ebpf.Tests.Libraries;

public sealed class NpgsqlTests
{
    [SkippableFact]
    public async Task Every_command_names_the_port_that_PostgreSQL_saw()
    {
        Linux.Require();
        await using var cluster = await PostgresCluster.Start();
        using var spans = new SpanCollector();
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        var truth = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();

        // Six callers over three physical connections: each is used by several, and used again.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var text = $"select inet_client_port(), '{caller}-{i}'";
                await using var command = source.CreateCommand(text);
                truth[text] = (int)(await command.ExecuteScalarAsync())!;
            }
        })));

        var commands = (await spans.WaitFor(ended => ended.Count(IsMine) >= 60)).Where(IsMine).ToList();
        Assert.All(commands, span => Assert.Equal(truth[(string)span.GetTagItem("db.query.text")!], span.GetTagItem("network.local.port")));
        Assert.Equal(truth.Values.Distinct().Count(), commands.Select(span => span.GetTagItem("network.socket.cookie")).Distinct().Count());

        bool IsMine(System.Diagnostics.Activity span) => span.GetTagItem("db.query.text") is string text && truth.ContainsKey(text);
    }
}

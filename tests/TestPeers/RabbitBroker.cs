using Xunit;

namespace TestPeers;

/// <summary>A RabbitMQ broker of the test's own: Debian's server on free ports, in a temporary folder.</summary>
public sealed class RabbitBroker : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private readonly DirectoryInfo _folder;
    private readonly RunningProcess _server;
    private readonly int _nameServerPort;

    private RabbitBroker(DirectoryInfo folder, RunningProcess server, int port, int nameServerPort)
    {
        (_folder, _server, _nameServerPort) = (folder, server, nameServerPort);
        Address = new Uri($"amqp://guest:guest@127.0.0.1:{port}/");
    }

    public Uri Address { get; }

    public static async Task<RabbitBroker> Start()
    {
        Skip.IfNot(File.Exists(Program), "rabbitmq-server is not on this machine (apt-get install rabbitmq-server)");
        var folder = Directory.CreateTempSubdirectory("observability-rabbitmq-");
        var (port, distribution, names) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        File.WriteAllText(Path.Combine(folder.FullName, "plugins"), "[].");
        var server = RunningProcess.Start(Program, [], new Dictionary<string, string?>
        {
            ["HOME"] = folder.FullName,
            ["ERL_EPMD_PORT"] = $"{names}",
            ["RABBITMQ_NODENAME"] = $"test{port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder.FullName, "mnesia"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder.FullName, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder.FullName, "plugins"),
        });
        var broker = new RabbitBroker(folder, server, port, names);
        await server.WaitUntil(() => server.Output.Any(line => line.Contains("started TCP listener", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), "RabbitMQ listens");
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        // Erlang's name server detached itself from the broker; this one is the test's own, by its port.
        Tool.Run("epmd", ["-port", $"{_nameServerPort}", "-kill"]);
        _folder.Delete(recursive: true);
    }
}

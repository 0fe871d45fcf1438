using Xunit;

namespace TestPeers;

/// <summary>A PostgreSQL cluster of the test's own: Debian's server on a free port, in a temporary folder.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly RunningProcess _server;
    private readonly int _port;

    private PostgresCluster(DirectoryInfo folder, RunningProcess server, int port) => (_folder, _server, _port) = (folder, server, port);

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    public static async Task<PostgresCluster> Start()
    {
        var bin = Binaries();
        var folder = Directory.CreateTempSubdirectory("observability-postgres-");
        var port = FreePort.Next();
        var data = Path.Combine(folder.FullName, "data");
        // The server refuses to run as root.
        if (Environment.UserName == "root") Tool.Run("chown", ["postgres", folder.FullName]);
        Expect(Tool.Run(AsPostgres(), [.. Prefix(), Path.Combine(bin, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"]));
        var server = RunningProcess.Start(AsPostgres(), [.. Prefix(), Path.Combine(bin, "postgres"), "-D", data, "-p", $"{port}", "-k", folder.FullName, "-h", "127.0.0.1", "-F"]);
        await server.WaitUntil(() => Tool.Run(Path.Combine(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", $"{port}"]).ExitCode == 0, TimeSpan.FromSeconds(90), "PostgreSQL is ready");
        return new PostgresCluster(folder, server, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Binaries()
    {
        // Debian keeps the server's programs off PATH, one folder a version.
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() : null;
        Skip.If(installed is null, "PostgreSQL's server is not on this machine (build/install-test-tools.sh installs it on Debian and Ubuntu)");
        return Path.GetDirectoryName(installed)!;
    }

    private static string AsPostgres() => Environment.UserName == "root" ? Tool.Require("runuser") : Tool.Require("env");

    private static string[] Prefix() => Environment.UserName == "root" ? ["-u", "postgres", "--"] : [];

    private static void Expect(ToolResult result)
    {
        if (result.ExitCode != 0) throw new InvalidOperationException(result.ToString());
    }
}

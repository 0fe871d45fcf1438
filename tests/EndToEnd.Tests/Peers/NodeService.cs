using TestPeers;

namespace EndToEnd.Tests.Peers;

/// <summary>tests/TestApps/node-service, its packages installed by npm from the lock file.</summary>
internal sealed class NodeService : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private NodeService(RunningProcess process) => Process = process;

    public RunningProcess Process { get; }

    public Uri Address => new(Process.Output.Single(line => line.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..]);

    public static async Task<NodeService> Start(Uri collector)
    {
        var node = Tool.Require("node");
        var folder = Install(Tool.Require("npm"));
        var process = RunningProcess.Start(node, ["service.cjs"], new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.ToString() }, folder);
        await process.WaitUntil(() => process.Output.Any(line => line.StartsWith(Listening, StringComparison.Ordinal)), TimeSpan.FromSeconds(90), "the Node.js service listens");
        return new NodeService(process);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string Install(string npm)
    {
        var folder = Directory.CreateDirectory(Repository.File("artifacts", "test-apps", "node-service")).FullName;
        var source = Repository.File("tests", "TestApps", "node-service");
        var installed = Path.Combine(folder, "package-lock.json");
        var isFresh = File.Exists(installed) && Directory.Exists(Path.Combine(folder, "node_modules")) && File.ReadAllText(installed) == File.ReadAllText(Path.Combine(source, "package-lock.json"));
        foreach (var file in new[] { "package.json", ".npmrc", "service.cjs" }) File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
        if (isFresh) return folder;
        File.Copy(Path.Combine(source, "package-lock.json"), installed, overwrite: true);
        var result = Tool.Run(npm, ["ci"], timeout: TimeSpan.FromMinutes(10), workingDirectory: folder);
        if (result.ExitCode == 0) return folder;
        File.Delete(installed);
        throw new SkipException("npm could not install the Node.js service's packages: " + result.Error.Split('\n').LastOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)));
    }
}

using System.Text.Json;
using TestPeers;

namespace Observability.Sampling.Tests;

/// <summary>One service of a chain, in a process of its own: .NET with our policies, or Node.js with the OpenTelemetry JS SDK.</summary>
internal sealed class ChainService : IAsyncDisposable
{
    private static readonly Lazy<string?> NodeFault = new(InstallNode);

    private readonly RunningProcess _process;

    private ChainService(RunningProcess process) => _process = process;

    public string Address { get; private set; } = "";

    /// <summary>The sampled spans so far.</summary>
    public IReadOnlyList<(string Kind, string TraceId, string? TraceState)> Spans => [.. Messages()
        .Where(message => message.TryGetProperty("span", out _))
        .Select(message => (message.GetProperty("span").GetString()!, message.GetProperty("traceId").GetString()!, message.GetProperty("traceState").GetString()))];

    public static Task<ChainService> DotNet(string? next, params (string Key, string Value)[] sampling)
    {
        var environment = sampling.ToDictionary(pair => "Observability__Sampling__" + pair.Key, pair => (string?)pair.Value);
        environment["Next"] = next;
        return Started(RunningProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChainService.dll")], environment));
    }

    public static Task<ChainService> Node(string? next, string? ratio = null)
    {
        var node = Tool.Require("node");
        Tool.Require("npm");
        Skip.If(NodeFault.Value is not null, "the packages of tests/TestApps/node-chain could not be installed: " + NodeFault.Value);
        return Started(RunningProcess.Start(node, ["service.js"], new Dictionary<string, string?> { ["NEXT"] = next, ["RATIO"] = ratio }, Folder));
    }

    public async Task WaitForSpans(int count) =>
        await _process.WaitUntil(() => Spans.Count >= count, TimeSpan.FromSeconds(60), $"{count} spans at {Address}");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Folder => Repository.File("tests", "TestApps", "node-chain");

    private static async Task<ChainService> Started(RunningProcess process)
    {
        var service = new ChainService(process);
        await process.WaitUntil(() => service.Messages().Any(message => message.TryGetProperty("listening", out _)), TimeSpan.FromSeconds(60), "the service listens");
        service.Address = service.Messages().First(message => message.TryGetProperty("listening", out _)).GetProperty("listening").GetString()!;
        return service;
    }

    private static string? InstallNode()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@opentelemetry", "sampler-composite"))) return null;
        var installed = Tool.Run("npm", ["ci", "--no-audit", "--no-fund"], timeout: TimeSpan.FromMinutes(10), workingDirectory: Folder);
        return installed.ExitCode == 0 ? null : installed.Error;
    }

    private IEnumerable<JsonElement> Messages() =>
        _process.Output.Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<JsonElement>(line));
}

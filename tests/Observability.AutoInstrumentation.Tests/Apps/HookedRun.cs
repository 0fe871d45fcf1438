using System.Text.Json;
using OtlpReceiver;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>A published application in a process of its own, with the hook or without.</summary>
internal sealed class HookedRun : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder;

    private HookedRun(RunningProcess process, DirectoryInfo folder) => (Process, _folder) = (process, folder);

    public RunningProcess Process { get; }

    /// <summary>The web application's own client; its requests carry no trace context unless a test sets it.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    public IEnumerable<JsonElement> JsonLines => Process.Output.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>The variable that names the hook, and intervals short enough for a test.</summary>
    public static Dictionary<string, string?> Hooked(string? hook = null) => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = hook ?? PackedPayload.Hook,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_EXPORTER_PROMETHEUS_PORT"] = "0",
    };

    public static Dictionary<string, string?> SendingTo(Receiver receiver)
    {
        var environment = Hooked();
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.GrpcEndpoint.ToString();
        return environment;
    }

    /// <summary>Starts a web application and waits until it listens.</summary>
    public static async Task<HookedRun> StartWeb(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var folder = Directory.CreateTempSubdirectory("observability-app-");
        var file = Path.Combine(folder.FullName, "address");
        var run = Start(program, arguments, new Dictionary<string, string?>(environment) { ["TestApp__AddressFile"] = file, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, folder);
        try
        {
            await run.Process.WaitUntil(() => File.Exists(file), Patience, "the application listens");
            run.Http.BaseAddress = new Uri(await File.ReadAllTextAsync(file));
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public static HookedRun Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment) =>
        Start(program, arguments, environment, Directory.CreateTempSubdirectory("observability-app-"));

    /// <summary>Runs a program to its end.</summary>
    public static ToolResult Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? input = null) =>
        Tool.Run(program, arguments, input, Patience, environment: environment);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static HookedRun Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, DirectoryInfo folder) =>
        new(RunningProcess.Start(program, arguments, environment, folder.FullName), folder);
}

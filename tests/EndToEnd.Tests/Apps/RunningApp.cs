using System.Text.Json;
using OtlpReceiver;
using TestPeers;

namespace EndToEnd.Tests.Apps;

/// <summary>A published application in its own process, pointed at a receiver, with short intervals so that tests need not wait.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly DirectoryInfo _folder;

    private RunningApp(RunningProcess process, DirectoryInfo folder) => (Process, _folder) = (process, folder);

    public RunningProcess Process { get; }

    /// <summary>The web application's own client; its requests carry no trace context unless a test sets it.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8 });

    /// <summary>The lines on stdout that are JSON objects.</summary>
    public IEnumerable<JsonElement> JsonLines => Process.Output.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>Starts a web application and waits until it listens.</summary>
    public static async Task<RunningApp> StartWeb(TestApp app, IReadOnlyDictionary<string, string?> environment)
    {
        var folder = Directory.CreateTempSubdirectory("observability-app-");
        var file = Path.Combine(folder.FullName, "address");
        var running = Run(app, folder, new(environment) { ["TestApp__AddressFile"] = file, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });
        try
        {
            await running.Process.WaitUntil(() => File.Exists(file), Patience, "the application listens");
            running.Http.BaseAddress = new Uri(await File.ReadAllTextAsync(file));
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an application that serves nothing.</summary>
    public static RunningApp Start(TestApp app, IReadOnlyDictionary<string, string?> environment) =>
        Run(app, Directory.CreateTempSubdirectory("observability-app-"), new(environment));

    /// <summary>The standard variables that send all three signals to a receiver.</summary>
    public static Dictionary<string, string?> SendingTo(Receiver receiver, OtlpProtocol protocol = OtlpProtocol.Grpc)
    {
        var (endpoint, name) = receiver.For(protocol);
        return SendingTo(endpoint, name);
    }

    public static Dictionary<string, string?> SendingTo(Uri endpoint, string protocol = "grpc") => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
    };

    /// <summary>Asks and expects 200.</summary>
    public async Task<string> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {body}\n{string.Join('\n', Process.Output.TakeLast(20).Concat(Process.Error.TakeLast(20)))}");
        return body;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static RunningApp Run(TestApp app, DirectoryInfo folder, Dictionary<string, string?> environment)
    {
        var all = new Dictionary<string, string?>
        {
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_EXPORTER_PROMETHEUS_PORT"] = "0",
            ["DOTNET_ENVIRONMENT"] = "Production",
        };
        foreach (var (name, value) in environment) all[name] = value;
        return new RunningApp(RunningProcess.Start(app.Program, [], all, folder.FullName), folder);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TestPeers;

namespace Observability.Prometheus.Tests;

/// <summary>A real Prometheus that scrapes what the test names, every other second unless told otherwise.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RunningProcess _process;
    private readonly HttpClient _http = new();
    private readonly string _folder;
    private readonly Uri _address;

    private PrometheusServer(RunningProcess process, string folder, Uri address)
    {
        _process = process;
        _folder = folder;
        _address = address;
    }

    public static Task<PrometheusServer> Start(string program, int target, params string[] features) => Start(program, [target], features);

    public static Task<PrometheusServer> Start(string program, int[] targets, params string[] features) => Start(program, targets, TimeSpan.FromSeconds(2), features);

    /// <param name="program">The server's path.</param>
    /// <param name="targets">Ports to scrape.</param>
    /// <param name="interval">How often, and how long a scrape may take.</param>
    /// <param name="features">Feature flags.</param>
    public static async Task<PrometheusServer> Start(string program, int[] targets, TimeSpan interval, params string[] features)
    {
        var folder = Directory.CreateTempSubdirectory("prometheus-test").FullName;
        var port = FreePort();
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, $"""
            global:
              scrape_interval: {interval.TotalMilliseconds}ms
              scrape_timeout: {interval.TotalMilliseconds}ms
            scrape_configs:
              - job_name: test
                static_configs:
                  - targets: [{string.Join(", ", targets.Select(target => $"'127.0.0.1:{target}'"))}]
            """);
        string[] arguments = [$"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address=127.0.0.1:{port}"];
        if (features.Length > 0) arguments = [.. arguments, "--enable-feature=" + string.Join(',', features)];
        var server = new PrometheusServer(RunningProcess.Start(program, arguments), folder, new Uri($"http://127.0.0.1:{port}/"));
        await server._process.WaitUntil(server.IsReady, Patience, "the server is ready");
        return server;
    }

    /// <summary>The values that an instant query answers, by the labels asked for.</summary>
    public async Task<Dictionary<string, double>> Query(string expression, params string[] labels)
    {
        using var document = await Get("api/v1/query?query=" + Uri.EscapeDataString(expression));
        var found = new Dictionary<string, double>();
        foreach (var series in document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var metric = series.GetProperty("metric");
            var key = string.Join('|', labels.Select(label => metric.TryGetProperty(label, out var value) ? value.GetString() : ""));
            if (!series.TryGetProperty("value", out var pair)) continue;
            found[key] = double.Parse(pair[1].GetString()!.Replace("Inf", "∞", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        return found;
    }

    public async Task<JsonDocument> Get(string path) => JsonDocument.Parse(await _http.GetStringAsync(new Uri(_address, path)));

    public Task WaitUntil(Func<Task<bool>> condition, string what) => _process.WaitUntil(condition, Patience, what);

    /// <summary>Waits, and says in the end what stood in the way.</summary>
    public async Task WaitUntil(Func<Task<bool>> condition, Func<Task<string>> obstacle, string what)
    {
        try
        {
            await WaitUntil(condition, what);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(await obstacle(), exception);
        }
    }

    /// <summary>What the server says about its last scrapes, empty when they succeeded.</summary>
    public async Task<string> LastError()
    {
        using var document = await Get("api/v1/targets");
        var targets = document.RootElement.GetProperty("data").GetProperty("activeTargets").EnumerateArray();
        return string.Join('\n', targets.Where(target => target.GetProperty("lastError").GetString() != "").Select(target => target.GetProperty("scrapeUrl") + ": " + target.GetProperty("lastError")));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private async Task<bool> IsReady()
    {
        try
        {
            return (await _http.GetAsync(new Uri(_address, "-/ready"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using TestPeers;

namespace EndToEnd.Tests.Peers;

/// <summary>A real Prometheus that scrapes every half second, asked over its HTTP API.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;

    private PrometheusServer(RunningProcess process, DirectoryInfo folder, Uri address)
    {
        (Process, _folder) = (process, folder);
        _http = new HttpClient { BaseAddress = address };
    }

    public RunningProcess Process { get; }

    public static async Task<PrometheusServer> Scraping(params Uri[] endpoints)
    {
        var program = Tool.Require("prometheus");
        var folder = Directory.CreateTempSubdirectory("observability-prometheus-");
        var config = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, Configuration(endpoints));
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var process = RunningProcess.Start(program, ["--config.file=" + config, "--storage.tsdb.path=" + Path.Combine(folder.FullName, "data"), "--web.listen-address=" + address.Authority, "--enable-feature=exemplar-storage", "--log.level=warn"]);
        var server = new PrometheusServer(process, folder, address);
        await process.WaitUntil(server.IsReady, Patience, "Prometheus is ready");
        return server;
    }

    /// <summary>Asks until the expression has a result that the condition likes; each sample as its labels and value.</summary>
    public async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)>> Query(string expression, Func<double, bool> condition)
    {
        IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)> samples = [];
        await Process.WaitUntil(
            async () =>
            {
                var result = (await Ask("/api/v1/query?query=" + Uri.EscapeDataString(expression))).GetProperty("result");
                samples = [.. result.EnumerateArray().Select(sample => (Labels(sample.GetProperty("metric")), double.Parse(sample.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)))];
                return samples.Any(sample => condition(sample.Value));
            },
            Patience,
            $"{expression} has the expected result");
        return samples;
    }

    /// <summary>The trace ids that Prometheus keeps as exemplars of a series.</summary>
    public async Task<IReadOnlyCollection<string>> Exemplars(string series)
    {
        HashSet<string> ids = [];
        await Process.WaitUntil(
            async () =>
            {
                var now = DateTimeOffset.UtcNow;
                var data = await Ask($"/api/v1/query_exemplars?query={Uri.EscapeDataString(series)}&start={now.AddMinutes(-5).ToUnixTimeSeconds()}&end={now.AddMinutes(1).ToUnixTimeSeconds()}");
                ids = [.. data.EnumerateArray().SelectMany(found => found.GetProperty("exemplars").EnumerateArray()).Select(exemplar => Labels(exemplar.GetProperty("labels"))["trace_id"])];
                return ids.Count > 0;
            },
            Patience,
            $"{series} has exemplars");
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonElement> Ask(string path)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.GetProperty("data").Clone();
    }

    private static Dictionary<string, string> Labels(JsonElement labels) =>
        labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal);

    private static string Configuration(Uri[] endpoints) =>
        "global: { scrape_interval: 500ms, scrape_timeout: 500ms }\nscrape_configs:\n" + string.Concat(endpoints.Select((endpoint, i) =>
            $"  - job_name: job{i}\n    metrics_path: {endpoint.AbsolutePath}\n    static_configs: [ {{ targets: [ '{endpoint.Authority}' ] }} ]\n"));
}

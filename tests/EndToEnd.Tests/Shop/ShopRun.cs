using System.Text;
using EndToEnd.Tests.Apps;
using OtlpReceiver;
using TestPeers;

namespace EndToEnd.Tests.Shop;

/// <summary>samples/shop as it stands: its three processes on free ports, with a database of their own.</summary>
internal sealed class ShopRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly Lazy<bool> Built = new(Build);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observability-shop-");
    private readonly Dictionary<string, (RunningProcess Process, Uri Metrics)> _processes = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });
    private readonly Uri _web = new($"http://127.0.0.1:{FreePort.Next()}");
    private readonly Uri _orders = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>Where each process is scraped.</summary>
    public Uri[] Metrics => [.. _processes.Values.Select(process => process.Metrics)];

    public IReadOnlyList<string> Output(string name) => _processes[name].Process.Output;

    /// <summary>Starts the shop against a receiver; with a connection string on PostgreSQL, else on Sqlite.</summary>
    public static async Task<ShopRun> Start(Receiver receiver, string? postgres = null)
    {
        _ = Built.Value;
        var shop = new ShopRun();
        var database = postgres ?? "Data Source=" + Path.Combine(shop._folder.FullName, "shop.db");
        var settings = new Dictionary<string, string?>
        {
            ["Database__Provider"] = postgres is null ? "sqlite" : "postgresql",
            ["ConnectionStrings__Shop"] = database,
            ["Orders__Address"] = shop._orders.ToString(),
        };
        try
        {
            await shop.Start("Shop.Orders", receiver, settings, shop._orders);
            await shop.Start("Shop.Worker", receiver, settings, null);
            await shop.Start("Shop.Web", receiver, settings, shop._web);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public Task Until(Func<bool> condition, string what) => _processes.Values.First().Process.WaitUntil(condition, Patience, what);

    public async Task<int> Checkout(string item)
    {
        using var basket = new StringContent($"{{\"item\":\"{item}\",\"quantity\":2}}", Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(_web, "checkout"), basket);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _processes.Values) await process.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task Start(string name, Receiver receiver, Dictionary<string, string?> settings, Uri? address)
    {
        var port = FreePort.Next();
        var environment = new Dictionary<string, string?>(settings)
        {
            ["Observability__Prometheus__Port"] = $"{port}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.GrpcEndpoint.ToString(),
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
        var folder = Repository.File("samples", "shop", name, "bin", "Release", "net10.0");
        string[] arguments = address is null ? [name + ".dll"] : [name + ".dll", "--urls", address.ToString()];
        var process = RunningProcess.Start("dotnet", arguments, environment, folder);
        _processes[name] = (process, new Uri($"http://127.0.0.1:{port}/metrics"));
        if (address is null) return;
        await process.WaitUntil(() => IsHealthy(address), Patience, $"{name} is healthy");
    }

    private async Task<bool> IsHealthy(Uri address)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(address, "health"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool Build()
    {
        foreach (var name in new[] { "Shop.Orders", "Shop.Worker", "Shop.Web" })
            DotNet.Run("build", Repository.File("samples", "shop", name, name + ".csproj"), "-c", "Release");
        return true;
    }
}

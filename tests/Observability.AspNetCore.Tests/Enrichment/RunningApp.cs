using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>A web application on Kestrel with the one line, and the server spans that it ends.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    /// <summary>Set for the process by an application whose sampling rules ask for the request; the next one must not find it.</summary>
    private const string Switch = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private readonly WebApplication _app;
    private readonly Basket _basket;

    private RunningApp(WebApplication app, Basket basket)
    {
        _app = app;
        _basket = basket;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningApp> Start(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Observability:Prometheus:Port", "0")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var basket = new Basket();
        builder.Services.AddObservability().WithTracing(tracing => tracing.AddProcessor(basket));
        configure?.Invoke(builder);
        var app = builder.Build();
        map(app);
        try
        {
            await app.StartAsync();
            return new RunningApp(app, basket);
        }
        catch
        {
            AppContext.SetSwitch(Switch, true);
            throw;
        }
    }

    /// <summary>The server span of the next request; a span ends after its response was read.</summary>
    public async Task<Activity> SpanOf(Func<HttpClient, Task> request)
    {
        await request(Client);
        var deadline = Stopwatch.StartNew();
        Activity? span;
        while (!_basket.Ended.TryDequeue(out span))
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(90), "The request made no span.");
            await Task.Yield();
        }
        return span;
    }

    public bool HasSpans => !_basket.Ended.IsEmpty;

    public async ValueTask DisposeAsync()
    {
        AppContext.SetSwitch(Switch, true);
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Basket : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data)
        {
            if (data is { Kind: ActivityKind.Server, Recorded: true }) Ended.Enqueue(data);
        }
    }
}

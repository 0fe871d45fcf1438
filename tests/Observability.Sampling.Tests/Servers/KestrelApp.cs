using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>A real Kestrel server on a free port, traced by a bare tracer provider.</summary>
internal sealed class KestrelApp : IAsyncDisposable
{
    private const string Switch = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private readonly WebApplication _app;
    private readonly TracerProvider _provider;

    private KestrelApp(WebApplication app, TracerProvider provider)
    {
        _app = app;
        _provider = provider;
        Client = new HttpClient { BaseAddress = new Uri(Address) };
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    public HttpClient Client { get; }
    public ConcurrentQueue<Activity> Exported { get; private init; } = new();

    /// <param name="withAttributes">Whether ASP.NET Core gives samplers the request's attributes: read when the host is built.</param>
    public static async Task<KestrelApp> Start(bool withAttributes, Action<SamplingOptions> configure, Action<WebApplication>? map = null, Func<string, string?>? secrets = null)
    {
        AppContext.SetSwitch(Switch, !withAttributes);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHttpContextAccessor();
        var app = builder.Build();
        if (map is null) app.MapFallback(() => "ok");
        else map(app);

        var accessor = new HttpContextAccessor();
        var exported = new ConcurrentQueue<Activity>();
        var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource("Microsoft.AspNetCore")
            .ConfigureServices(services => services.AddSingleton(new SamplingSurroundings
            {
                ReadEnvironment = secrets ?? (static _ => null),
                ReadRequestHeader = header => accessor.HttpContext?.Request.Headers[header],
            }))
            .AddSamplingPolicies(configure)
            .AddProcessor(new CollectingProcessor(exported))
            .Build();
        await app.StartAsync();
        return new KestrelApp(app, provider) { Exported = exported };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _provider.Dispose();
    }
}

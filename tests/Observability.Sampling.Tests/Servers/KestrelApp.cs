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
    private readonly ActivityListener _listener;
    private readonly int[] _requests = new int[2];

    private KestrelApp(WebApplication app, TracerProvider provider)
    {
        // After the provider's own listener, so that a request counts as ended when the provider has seen its end.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStarted = _ => Interlocked.Increment(ref _requests[0]),
            ActivityStopped = _ => Interlocked.Increment(ref _requests[1]),
        };
        ActivitySource.AddActivityListener(_listener);
        _app = app;
        _provider = provider;

        // The caller is no part of the traces, whatever other tests of this process listen to.
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(Address) };
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

    /// <summary>Waits until the server has ended the requests' activities, which it does after their answers.</summary>
    public async Task Idle()
    {
        var patience = Stopwatch.StartNew();
        while (Volatile.Read(ref _requests[1]) < Volatile.Read(ref _requests[0]) || Volatile.Read(ref _requests[0]) == 0)
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(90)) throw new TimeoutException("The server did not come to rest.");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _listener.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _provider.Dispose();
    }
}

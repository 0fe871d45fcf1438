using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Observability.Kubernetes.Admission;
using Observability.Kubernetes.Injection;
using Observability.Kubernetes.Metrics;

namespace Observability.Kubernetes.Hosting;

/// <summary>Puts the webhook together: admission over TLS on one port, metrics and probes on another.</summary>
internal static class WebhookHost
{
    /// <summary>The API server waits this long and then creates the pod without us.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static WebApplication Create(string[] arguments, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Configuration.AddEnvironmentVariables("WEBHOOK_").AddCommandLine(arguments);
        builder.Logging.ClearProviders().AddJsonConsole().AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        AddServices(builder.Services);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(Listen);
        configure?.Invoke(builder);

        var app = builder.Build();
        // Bad settings and a missing certificate end the start with everything that is wrong, not the first request.
        _ = app.Services.GetRequiredService<MountedCertificate>();
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration("").Configure<IConfiguration>(InjectedVariables.Read).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<MountedCertificate>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton(provider => new PodInjector(Settings(provider.GetRequiredService<IOptions<WebhookOptions>>().Value)));
        services.AddSingleton<MutateEndpoint>();
    }

    private static InjectionSettings Settings(WebhookOptions options) => new()
    {
        Image = options.Image,
        ImagePullPolicy = options.ImagePullPolicy,
        Arguments = options.InstallArguments?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? ["install", Path.GetDirectoryName(options.MountPath + "/" + options.HookFile)!],
        MountPath = options.MountPath,
        HookPath = options.MountPath + "/" + options.HookFile,
        SizeLimit = options.SizeLimit,
        Environment = options.Variables,
    };

    private static void Listen(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<WebhookOptions>>().Value;
        var certificate = kestrel.ApplicationServices.GetRequiredService<MountedCertificate>();
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = Patience;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 64 * 1024, gracePeriod: Patience);
        kestrel.ListenAnyIP(options.HttpPort);
        kestrel.ListenAnyIP(options.TlsPort, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = Patience,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            }),
        }));
    }

    private static void Map(WebApplication app)
    {
        var mutate = app.Services.GetRequiredService<MutateEndpoint>();
        var metrics = app.Services.GetRequiredService<WebhookMetrics>();
        app.MapPost("/mutate", context => context.Request.IsHttps ? mutate.Answer(context) : NotFound(context));
        app.MapGet("/healthz", context => context.Response.WriteAsync("ok"));
        app.MapGet("/metrics", context =>
        {
            if (context.Request.IsHttps) return NotFound(context);
            context.Response.ContentType = WebhookMetrics.ContentType;
            return context.Response.WriteAsync(metrics.Render());
        });
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

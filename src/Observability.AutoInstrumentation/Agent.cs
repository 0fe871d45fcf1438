using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability.AutoInstrumentation.Logs;
using Observability.AutoInstrumentation.Settings;
using Observability.AutoInstrumentation.Spans;
using Observability.AutoInstrumentation.Web;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.AutoInstrumentation;

/// <summary>What the second stage calls, by its name, in a load context of its own. Only types of .NET's base library pass between the two.</summary>
public static class Agent
{
    /// <summary>Starts the same telemetry as <c>AddObservability()</c> does and takes over what was held meanwhile.</summary>
    /// <param name="releaseSpans">Ends the holding of spans and gives them away.</param>
    /// <param name="say">Writes one line to stderr.</param>
    /// <returns>What the application's hosts are offered, by name; null when the settings are wrong.</returns>
    public static IReadOnlyDictionary<string, object>? Start(Func<IReadOnlyList<Activity>> releaseSpans, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(releaseSpans);
        ArgumentNullException.ThrowIfNull(say);
        var scopes = new HostScopes();
        var seen = new SeenSpans();
        try
        {
            var configuration = AgentConfiguration.Build(say);
            var sdk = ObservabilitySdk.Start(configuration: configuration, extend: builder =>
            {
                Extend(builder, scopes, seen, say);
                // Asked for, not given: not everybody wants the addresses of sockets on spans.
                if (bool.TryParse(configuration["Observability:Ebpf:Enabled"], out var isWanted) && isWanted) builder.AddEbpfCorrelation();
                HandOverOnceBuilt(builder.Services, seen, releaseSpans);
            });
            StartFeatures(sdk.Services);
            return AgentServices.Of(sdk.Services, scopes);
        }
        catch (OptionsValidationException wrong)
        {
            say("OBS6006: the settings are wrong, and the application runs without instrumentation: " + string.Join(" | ", wrong.Failures));
            return null;
        }
    }

    private static void Extend(IOpenTelemetryBuilder builder, HostScopes scopes, SeenSpans seen, Action<string> say)
    {
        builder.Services.AddSingleton<IExternalScopeProvider>(scopes);
        builder.Services.AddSingleton<DiagnosticListener>(_ => new ServerEvents());
        builder.Services.AddSingleton<ILoggerProvider>(new DiagnosticsProvider(say));
        // The application's messages go to the JSON lines by a way of their own; what the agent itself has to say must not appear on the application's output.
        builder.Services.Configure<LoggerFilterOptions>(options => options.Rules.Add(new LoggerFilterRule("JsonLines", categoryName: null, LogLevel.None, filter: null)));
        builder.WithTracing(tracing => tracing.AddProcessor(seen));
    }

    /// <summary>
    /// Takes the held spans over in the moment in which the tracer provider listens: as long as both listen, a span is recorded that the sampler would drop.
    /// </summary>
    private static void HandOverOnceBuilt(IServiceCollection services, SeenSpans seen, Func<IReadOnlyList<Activity>> releaseSpans)
    {
        var registered = services.Last(service => service.ServiceType == typeof(TracerProvider));
        services.Remove(registered);
        services.AddSingleton(provider =>
        {
            var tracers = (TracerProvider)registered.ImplementationFactory!(provider);
            HeldSpans.HandOver(tracers, seen, releaseSpans);
            return tracers;
        });
    }

    /// <summary>What packages for one kind of host bring waits for a host to start it; here there is none.</summary>
    private static void StartFeatures(IServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            service.StartingAsync(CancellationToken.None).GetAwaiter().GetResult();
    }
}

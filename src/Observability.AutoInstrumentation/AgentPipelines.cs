using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.AutoInstrumentation.Logs;
using Observability.AutoInstrumentation.Spans;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.AutoInstrumentation;

/// <summary>The container of the agent: <c>AddObservability()</c>, and what there is instead of a host.</summary>
internal sealed class AgentPipelines(IConfiguration configuration, Action<string> say)
{
    public HostScopes Scopes { get; } = new();

    /// <summary>Asked for, not given: not everybody wants the addresses of sockets on spans.</summary>
    public static bool WantsSocketCookies(IConfiguration configuration) => bool.TryParse(configuration["Observability:Ebpf:Enabled"], out var isWanted) && isWanted;

    public IServiceProvider Build(Handover handover)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new MessageClock(TimeProvider.System));
        services.AddSingleton(configuration);
        var builder = services.AddObservability();
        services.AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")));
        services.AddSingleton<IExternalScopeProvider>(Scopes);
        services.AddSingleton<ILoggerProvider>(new DiagnosticsProvider(say));
        // The application's messages go to the JSON lines by a way of their own; what the agent itself has to say must not appear on the application's output.
        services.Configure<LoggerFilterOptions>(options => options.Rules.Add(new LoggerFilterRule("JsonLines", categoryName: null, LogLevel.None, filter: null)));
        BeforeAllOthers(services, () => services.ConfigureOpenTelemetryTracerProvider((_, tracing) => tracing.AddProcessor(handover.Seen)));
        builder.WithMetrics(metrics => metrics.AddView(handover.Meets));
        if (WantsSocketCookies(configuration)) builder.AddEbpfCorrelation();
        BeforeAllOthers(services, () => services.ConfigureOpenTelemetryLoggerProvider((_, records) => records.AddProcessor(new PastRecords())));
        handover.OnceBuilt(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Before the product's too: behind them stand processors of an application, of which there are none here.</summary>
    private static void BeforeAllOthers(ServiceCollection services, Action add)
    {
        var before = services.Count;
        add();
        for (var i = before; i < services.Count; i++)
        {
            var service = services[i];
            services.RemoveAt(i);
            services.Insert(i - before, service);
        }
    }
}

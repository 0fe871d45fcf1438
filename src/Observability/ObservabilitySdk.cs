using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability.Hosting;
using OpenTelemetry;

namespace Observability;

/// <summary>
/// Telemetry for a process without a host. Dispose of it at the end of the process; what is queued is delivered then.
/// </summary>
public sealed class ObservabilitySdk : IDisposable, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ProcessSignals _signals;

    private ObservabilitySdk(ServiceProvider services)
    {
        _services = services;
        _signals = new ProcessSignals(services.GetRequiredService<ProcessEnd>().Deliver, PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT);
    }

    /// <summary>Makes the loggers whose lines carry <c>trace_id</c>.</summary>
    public ILoggerFactory LoggerFactory => _services.GetRequiredService<ILoggerFactory>();

    /// <summary>The container that telemetry lives in.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Starts telemetry as <c>AddObservability()</c> does in a host; environment variables are its configuration.</summary>
    /// <param name="configure">Settings from code; they win over the configuration.</param>
    /// <param name="extend">Adds to OpenTelemetry's builder what the application wants besides.</param>
    /// <param name="configuration">The application's configuration, in place of environment variables alone.</param>
    /// <exception cref="OptionsValidationException">The configuration is wrong; it lists every fault.</exception>
    public static ObservabilitySdk Start(Action<ObservabilityOptions>? configure = null, Action<IOpenTelemetryBuilder>? extend = null, IConfiguration? configuration = null)
    {
        var services = new ServiceCollection();
        services.TryAddSingleton(configuration ?? new ConfigurationBuilder().AddEnvironmentVariables().Build());
        var builder = services.AddObservability(configure ?? (static _ => { }));
        services.AddLogging(logging => logging.AddConfiguration(Section(configuration)));
        extend?.Invoke(builder);

        var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            provider.GetRequiredService<Telemetry>().Start();
            provider.GetRequiredService<PrometheusEndpoint>().Open();
            return new ObservabilitySdk(provider);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>Delivers what is queued and stops.</summary>
    public void Dispose()
    {
        _signals.Dispose();
        _services.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        _signals.Dispose();
        return _services.DisposeAsync();
    }

    private static IConfiguration Section(IConfiguration? configuration) =>
        (configuration ?? new ConfigurationBuilder().AddEnvironmentVariables().Build()).GetSection("Logging");
}

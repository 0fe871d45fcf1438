using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Observability.AutoInstrumentation.Life;
using Observability.AutoInstrumentation.Settings;
using Observability.AutoInstrumentation.Spans;
using Observability.AutoInstrumentation.Web;

namespace Observability.AutoInstrumentation;

/// <summary>What the second stage makes, by its name, in a load context of its own. Only types of .NET's base library pass between the two.</summary>
public sealed class Agent
{
    private readonly Action<string> _say;
    private readonly IConfiguration _configuration;
    private IDisposable? _serverSpans;

    /// <summary>Reads the settings.</summary>
    /// <param name="say">Writes one line to stderr.</param>
    public Agent(Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        _say = say;
        _configuration = AgentConfiguration.Build(say);
    }

    /// <summary>Completes the spans of requests from now on, in an application that serves any.</summary>
    /// <returns>Whether the pipelines that they go to can come later. Whoever asks for socket cookies needs each connection from its beginning.</returns>
    public bool Listen()
    {
        _serverSpans = ServerSpanStart.Begin(_configuration);
        return !AgentPipelines.WantsSocketCookies(_configuration);
    }

    /// <summary>Starts the same telemetry as <c>AddObservability()</c> does and takes over what was held meanwhile.</summary>
    /// <param name="releaseSpans">Ends the holding of spans and gives them away.</param>
    /// <param name="stopHolding">Ends the holding of an instrument's measurements: it is about to be listened to.</param>
    /// <param name="handOverMeasurements">Has the held measurements measured once more.</param>
    /// <param name="hasHost">Whether a host ends this process in its own way.</param>
    /// <returns>What the application's hosts are offered, by name; null when the settings are wrong.</returns>
    public IReadOnlyDictionary<string, object>? Start(Func<IReadOnlyList<Activity>> releaseSpans, Action<Instrument> stopHolding, Action handOverMeasurements, Func<bool> hasHost)
    {
        ArgumentNullException.ThrowIfNull(releaseSpans);
        ArgumentNullException.ThrowIfNull(stopHolding);
        ArgumentNullException.ThrowIfNull(handOverMeasurements);
        ArgumentNullException.ThrowIfNull(hasHost);
        var pipelines = new AgentPipelines(_configuration, _say);
        var services = pipelines.Build(new Handover(releaseSpans, stopHolding));
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            Run(services);
            handOverMeasurements();
            EndSignals.Watch(services, hasHost);
            SignalOrder.ApplicationFirst();
            return AgentServices.Of(services, pipelines.Scopes, _say);
        }
        catch (OptionsValidationException wrong)
        {
            _serverSpans?.Dispose();
            _say("OBS6006: the settings are wrong, and the application runs without instrumentation: " + string.Join(" | ", wrong.Failures));
            return null;
        }
    }

    /// <summary>What waits for a host to start it; here there is none. What listens to requests does so already.</summary>
    private static void Run(IServiceProvider services)
    {
        var hosted = services.GetServices<IHostedService>().Where(service => !ServerSpanStart.IsOfTheWeb(service)).ToList();
        foreach (var service in hosted.OfType<IHostedLifecycleService>()) service.StartingAsync(CancellationToken.None).GetAwaiter().GetResult();
        foreach (var service in hosted) service.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }
}

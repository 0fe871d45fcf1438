using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Observability.Prometheus;

namespace Observability.Configuration;

/// <summary>Derives the settings of the Prometheus endpoint from the section <c>Observability:Prometheus</c> and the metrics' own.</summary>
internal sealed class PrometheusSetup(Settings settings) : IConfigureOptions<PrometheusOptions>
{
    public void Configure(PrometheusOptions options)
    {
        settings.Usable("Prometheus").Bind(options);
        var endpoint = settings.Unvalidated.Prometheus;
        // What is wrong with these is told once, by the name that it was given under.
        if (endpoint.Host is null) options.Listener.Host = IsContainer() ? "*" : "localhost";
        else if (Forms.ListenHost(endpoint.Host) is null) options.Listener.Host = endpoint.Host;
        if (Ranges.Port.Hold(endpoint.Port)) options.Listener.Port = endpoint.Port;
        if (Forms.RequestPath(endpoint.Path) is null) options.Listener.Path = endpoint.Path;
        options.Exemplars = settings.Unvalidated.Metrics.ExemplarFilter != "always_off";
        foreach (var (name, value) in settings.Unvalidated.Metrics.ConstantLabels) options.ConstantLabels[name] = value;
    }

    /// <summary>In a container the scraper is always elsewhere; outside one it need not be let in.</summary>
    private bool IsContainer() =>
        string.Equals(settings.Variable("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase)
        || settings.Variable("KUBERNETES_SERVICE_HOST") is { Length: > 0 }
        || File.Exists("/.dockerenv")
        || File.Exists("/run/.containerenv");
}

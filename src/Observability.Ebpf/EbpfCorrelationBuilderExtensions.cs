using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Observability.Ebpf;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Slots;
using Observability.Ebpf.Tagging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The one line.</summary>
public static class EbpfCorrelationBuilderExtensions
{
    /// <summary>
    /// Puts <c>network.socket.cookie</c>, <c>network.local.*</c>, <c>network.peer.*</c> and <c>network.transport</c> on the spans of HTTP clients and
    /// servers, so that what kernel tools say of a socket joins with the trace that it carried. Linux; elsewhere it says so once and does nothing.
    /// May be called more than once.
    /// </summary>
    /// <param name="builder">What <c>AddObservability()</c> or <c>AddOpenTelemetry()</c> returned.</param>
    /// <exception cref="OptionsValidationException">When the tracer provider is built, if the section <c>Observability:Ebpf</c> is wrong; it lists every fault.</exception>
    public static IOpenTelemetryBuilder AddEbpfCorrelation(this IOpenTelemetryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddEbpfCorrelation(static _ => { });
    }

    /// <inheritdoc cref="AddEbpfCorrelation(IOpenTelemetryBuilder)"/>
    /// <param name="builder">What <c>AddObservability()</c> or <c>AddOpenTelemetry()</c> returned.</param>
    /// <param name="configure">Settings from code; they win over the configuration section.</param>
    public static IOpenTelemetryBuilder AddEbpfCorrelation(this IOpenTelemetryBuilder builder, Action<EbpfOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        services.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(Registration))) return builder;
        services.AddSingleton<Registration>();
        services.AddOptions();
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<EbpfOptions>>(provider => new EbpfOptionsSetup(provider.GetService<IConfiguration>())));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EbpfCounts>();
        services.AddSingleton(static provider => new Publisher(provider.GetRequiredService<IOptions<EbpfOptions>>().Value.Maps, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<EbpfCounts>()));
        services.AddSingleton(static provider => new SocketCorrelation(provider.GetRequiredService<Publisher>()));
        builder.WithTracing();
        // Before every exporter, so that a span is complete when it is queued.
        var before = services.Count;
        services.ConfigureOpenTelemetryTracerProvider(static (provider, tracing) => Add(provider, tracing));
        for (var i = before; i < services.Count; i++)
        {
            var service = services[i];
            services.RemoveAt(i);
            services.Insert(i - before, service);
        }
        return builder;
    }

    private static void Add(IServiceProvider services, TracerProviderBuilder tracing)
    {
        var options = services.GetRequiredService<IOptions<EbpfOptions>>().Value;
        var (publisher, counts, time) = (services.GetRequiredService<Publisher>(), services.GetRequiredService<EbpfCounts>(), services.GetRequiredService<TimeProvider>());
        if (CorrelationProcessor.Create(options, publisher, counts, time, OperatingSystem.IsLinux()) is { } processor) tracing.AddProcessor(processor);
    }

    /// <summary>Marks services that have been registered already.</summary>
    private sealed class Registration;
}

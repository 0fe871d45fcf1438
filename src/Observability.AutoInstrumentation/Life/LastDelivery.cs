using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.AutoInstrumentation.Life;

/// <summary>Delivers what is queued, all signals within one <see cref="ObservabilityOptions.ShutdownTimeout"/>.</summary>
internal static class LastDelivery
{
    public static void Of(IServiceProvider services, bool withMetrics)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var budget = services.GetRequiredService<IOptions<ObservabilityOptions>>().Value.ShutdownTimeout;
        var began = clock.GetTimestamp();
        int Rest() => (int)Math.Max(0, (budget - clock.GetElapsedTime(began)).TotalMilliseconds);
        services.GetService<TracerProvider>()?.ForceFlush(Rest());
        services.GetService<LoggerProvider>()?.ForceFlush(Rest());
        if (withMetrics) services.GetService<MeterProvider>()?.ForceFlush(Rest());
    }
}

using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.AutoInstrumentation.Life;

/// <summary>Delivers what is queued, for a bounded time.</summary>
internal static class LastDelivery
{
    private const int Milliseconds = 2_000;

    public static void Of(IServiceProvider services, bool withMetrics)
    {
        services.GetService<TracerProvider>()?.ForceFlush(Milliseconds);
        services.GetService<LoggerProvider>()?.ForceFlush(Milliseconds);
        if (withMetrics) services.GetService<MeterProvider>()?.ForceFlush(Milliseconds);
    }
}

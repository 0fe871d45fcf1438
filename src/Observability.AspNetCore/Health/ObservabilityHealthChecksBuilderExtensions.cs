using Observability.AspNetCore.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds telemetry's own health to an application's health checks.</summary>
public static class ObservabilityHealthChecksBuilderExtensions
{
    /// <summary>Reports failed exports, dropped items and full queues as degraded, with the counts as data.</summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name. Default: <c>observability</c>.</param>
    public static IHealthChecksBuilder AddObservability(this IHealthChecksBuilder builder, string name = "observability")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<ObservabilityHealthCheck>(name);
    }
}

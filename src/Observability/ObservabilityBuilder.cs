using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace Observability;

/// <summary>The seam: what other packages and the application add to.</summary>
internal sealed class ObservabilityBuilder(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services { get; } = services;
}

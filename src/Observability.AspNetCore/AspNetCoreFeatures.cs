using Microsoft.Extensions.DependencyInjection;
using Observability.AspNetCore.Enrichment;
using Observability.Hosting;

namespace Observability.AspNetCore;

/// <summary>
/// What this package adds under <c>AddObservability()</c>. Found by its name when the package is referenced; an
/// application has no use for it.
/// </summary>
public sealed class AspNetCoreFeatures : IHostFeatures
{
    /// <inheritdoc/>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ServerSpans>();
        services.AddHostedService<ServerSpanListener>();
    }
}

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observability.AspNetCore.Enrichment;
using Observability.AspNetCore.Exposition;
using Observability.Hosting;
using Observability.Sampling;

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
        services.AddSingleton<IStartupFilter, ApplicationPortFilter>();
        // Forcing a trace by a header is possible where the application keeps the current request at hand.
        services.AddSingleton(provider => new SamplingSurroundings
        {
            ReadEnvironment = name => provider.GetService<IConfiguration>()?[name],
            ReadRequestHeader = name => provider.GetService<IHttpContextAccessor>()?.HttpContext?.Request.Headers[name],
        });
    }
}

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Observability.AspNetCore.Enrichment;
using Observability.AspNetCore.Exposition;
using Observability.AspNetCore.Sampling;
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
        services.AddSingleton<RequestAtHand>();
        services.AddSingleton(provider =>
        {
            var request = provider.GetRequiredService<RequestAtHand>();
            return new SamplingSurroundings
            {
                ReadEnvironment = name => provider.GetService<IConfiguration>()?[name],
                ReadRequestHeader = name => request.HttpContext?.Request.Headers[name],
                ReadRequestAttribute = request.Attribute,
            };
        });
        KeepRequestAtHand(services);
    }

    /// <summary>
    /// An accessor in the container would keep an application's own out of it. The host's own kind of factory takes any; one of
    /// the application's is left alone, and headers are then known where it serves an accessor. With any accessor ASP.NET Core makes a new
    /// context for each request instead of using it again: only an application that configures sampling pays for that.
    /// </summary>
    private static void KeepRequestAtHand(IServiceCollection services)
    {
        var factory = services.LastOrDefault(service => service.ServiceType == typeof(IHttpContextFactory));
        if (factory is not null && factory.ImplementationType != typeof(DefaultHttpContextFactory)) return;
        services.RemoveAll<IHttpContextFactory>();
        services.AddSingleton<IHttpContextFactory>(static provider =>
        {
            var request = provider.GetRequiredService<RequestAtHand>();
            var configured = provider.GetService<IConfiguration>()?.GetSection("Observability:Sampling").Exists() == true;
            return new DefaultHttpContextFactory(request.IsWanted || configured ? new RequestServices(provider, request) : provider);
        });
    }
}

using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Sampling;

/// <summary>The application's services with <see cref="RequestAtHand"/> as accessor, unless the application has registered its own.</summary>
internal sealed class RequestServices(IServiceProvider services, RequestAtHand atHand) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        services.GetService(serviceType) ?? (serviceType == typeof(IHttpContextAccessor) ? atHand : null);
}

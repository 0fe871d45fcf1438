using Microsoft.Extensions.DependencyInjection;

namespace Observability.Hosting;

/// <summary>
/// The one arrow that is a name: lights up what <c>Observability.AspNetCore</c> brings when an application references it.
/// The constant lets the trimmer see which type is meant.
/// </summary>
internal static class HostFeatures
{
    private const string WebHostEnvironment = "Microsoft.AspNetCore.Hosting.IWebHostEnvironment";

    public static void Add(IServiceCollection services)
    {
        var features = Type.GetType("Observability.AspNetCore.AspNetCoreFeatures, Observability.AspNetCore", throwOnError: false);
        if (features is not null) ((IHostFeatures)Activator.CreateInstance(features)!).AddTo(services);
        else if (services.Any(service => service.ServiceType.FullName == WebHostEnvironment)) DoWithout(services);
    }

    private static void DoWithout(IServiceCollection services)
    {
        // ASP.NET Core then puts at least method, path, scheme and server on its spans by itself (the default from .NET 11 on).
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSingleton<WebWithoutPackage>();
    }
}

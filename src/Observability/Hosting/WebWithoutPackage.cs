using Microsoft.Extensions.DependencyInjection;

namespace Observability.Hosting;

/// <summary>
/// A web application that lacks <c>Observability.AspNetCore</c>: it works, and is told once what is missing. Whether this is one is certain when
/// the host starts: the web host's services may be added after ours.
/// </summary>
internal sealed class WebWithoutPackage(IServiceCollection services)
{
    private const string WebHostEnvironment = "Microsoft.AspNetCore.Hosting.IWebHostEnvironment";

    public bool IsThis => services.Any(static service => service.ServiceType is { IsInterface: true, IsGenericType: false } type && type.FullName == WebHostEnvironment);

    /// <summary>Lets ASP.NET Core put at least method, path, scheme and server on its spans by itself (the default from .NET 11 on).</summary>
    public static void FillSpans() => AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
}

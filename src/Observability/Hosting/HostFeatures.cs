using Microsoft.Extensions.DependencyInjection;

namespace Observability.Hosting;

/// <summary>
/// The one arrow that is a name: lights up what <c>Observability.AspNetCore</c> brings when an application references it.
/// The constant lets the trimmer see which type is meant.
/// </summary>
internal static class HostFeatures
{
    public static void Add(IServiceCollection services)
    {
        var features = Type.GetType("Observability.AspNetCore.AspNetCoreFeatures, Observability.AspNetCore", throwOnError: false);
        if (features is not null) ((IHostFeatures)Activator.CreateInstance(features)!).AddTo(services);
        else DoWithout(services);
    }

    private static void DoWithout(IServiceCollection services)
    {
        var web = new WebWithoutPackage(services);
        // The host before the generic one (WebHost) reads the switch before it starts any service.
        if (web.IsThis) WebWithoutPackage.FillSpans();
        services.AddSingleton(web);
    }
}

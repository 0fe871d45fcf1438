using Microsoft.Extensions.DependencyInjection;

namespace Observability.Hosting;

/// <summary>
/// The one arrow that is a name: lights up what <c>Observability.AspNetCore</c> brings when an application references it.
/// The constant lets the trimmer see which type is meant.
/// </summary>
internal static class HostFeatures
{
    /// <summary>Off where it is known that the package cannot be there, and looking for it would only raise <c>AssemblyResolve</c>.</summary>
    private const string Switch = "Observability.AspNetCore.IsSupported";

    public static void Add(IServiceCollection services)
    {
        var features = IsOff ? null : Type.GetType("Observability.AspNetCore.AspNetCoreFeatures, Observability.AspNetCore", throwOnError: false);
        if (features is not null) ((IHostFeatures)Activator.CreateInstance(features)!).AddTo(services);
        else DoWithout(services);
    }

    private static bool IsOff => AppContext.TryGetSwitch(Switch, out var isSupported) && !isSupported;

    private static void DoWithout(IServiceCollection services)
    {
        var web = new WebWithoutPackage(services);
        // The host before the generic one (WebHost) reads the switch before it starts any service.
        if (web.IsThis) WebWithoutPackage.FillSpans();
        services.AddSingleton(web);
    }
}

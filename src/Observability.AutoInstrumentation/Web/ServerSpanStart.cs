using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Observability.Hosting;

namespace Observability.AutoInstrumentation.Web;

/// <summary>
/// Starts what completes the spans of requests, which reads each request while it is there and hence cannot be late. It is what <c>Observability.AspNetCore</c> brings
/// under <c>AddObservability()</c>, in a small container: the great one takes its time.
/// </summary>
internal static class ServerSpanStart
{
    private const string Package = "Observability.AspNetCore";
    private const string Traces = "Observability:Traces:";

    /// <returns>Ends it; null in an application without ASP.NET Core, for which the package is not to be had.</returns>
    public static IDisposable? Begin(IConfiguration configuration)
    {
        if (AppContext.TryGetSwitch(Package + ".IsSupported", out var isSupported) && !isSupported) return null;
        if (Type.GetType($"{Package}.AspNetCoreFeatures, {Package}", throwOnError: false) is not { } features) return null;
        var services = new ServiceCollection();
        services.AddOptions();
        services.AddSingleton(configuration);
        services.AddSingleton(Options.Create(Settings(configuration)));
        services.AddSingleton<DiagnosticListener>(_ => new ServerEvents());
        ((IHostFeatures)Activator.CreateInstance(features)!).AddTo(services);
        var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>()) service.StartingAsync(CancellationToken.None).GetAwaiter().GetResult();
        return provider;
    }

    /// <summary>Whether <see cref="Begin"/> has started one like it.</summary>
    public static bool IsOfTheWeb(IHostedService service) => service.GetType().Assembly.GetName().Name == Package;

    /// <summary>The few settings that requests are read by. Whether they are right is for the great container to say; until then a wrong one is not there.</summary>
    private static ObservabilityOptions Settings(IConfiguration configuration)
    {
        var options = new ObservabilityOptions();
        var paths = configuration.GetSection(Traces + nameof(TracesOptions.IgnoredPaths));
        foreach (var path in paths.GetChildren())
            if (path.Value is { } pattern) options.Traces.IgnoredPaths.Add(pattern);
        // One value, comma-separated, is a list too.
        foreach (var pattern in (paths.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) options.Traces.IgnoredPaths.Add(pattern);
        if (bool.TryParse(configuration[Traces + nameof(TracesOptions.RecordExceptions)], out var record)) options.Traces.RecordExceptions = record;
        return options;
    }
}

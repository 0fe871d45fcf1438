using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Observability.Configuration;
using Observability.Diagnostics;
using OpenTelemetry;

namespace Observability.Propagation;

/// <summary>
/// Makes .NET and OpenTelemetry carry context in the formats that the options name. Both keep their propagator for the
/// whole process; one that the application has set stays, unless the options name formats.
/// </summary>
internal sealed class ContextPropagation(Settings settings)
{
    private static readonly DistributedContextPropagator Untouched = DistributedContextPropagator.Current;

    private readonly PropagatorSelection _selection = PropagatorFactory.Create(
        string.Join(',', settings.Unvalidated.Propagators),
        failure => CoreEventSource.Log.Contained("a propagator", failure.GetType().FullName ?? ""));

    /// <summary>What is wrong with names that are each fine.</summary>
    public IReadOnlyList<string> Faults => _selection.Faults;

    /// <summary>For ASP.NET Core, which takes its propagator from the container.</summary>
    public DistributedContextPropagator Activity => _selection.Activity;

    /// <summary>Lets ASP.NET Core use ours where it registered the framework's default.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<ContextPropagation>();
        for (var i = 0; i < services.Count; i++)
            if (services[i] is { IsKeyedService: false } service && service.ServiceType == typeof(DistributedContextPropagator) && ReferenceEquals(service.ImplementationInstance, Untouched))
                services[i] = ServiceDescriptor.Singleton(Choose);
    }

    /// <summary>Formats that are named are carried even where nothing is collected: the specification keeps <c>OTEL_SDK_DISABLED</c> from having an effect on them.</summary>
    public void Apply()
    {
        if (!IsWanted(settings.Unvalidated)) return;
        var named = settings.Unvalidated.Propagators.Count > 0;
        if (named) Sdk.SetDefaultTextMapPropagator(_selection.TextMap);
        if (named || ReferenceEquals(DistributedContextPropagator.Current, Untouched)) DistributedContextPropagator.Current = _selection.Activity;
    }

    private static DistributedContextPropagator Choose(IServiceProvider services) =>
        IsWanted(services.GetRequiredService<Settings>().Unvalidated) ? services.GetRequiredService<ContextPropagation>().Activity : Untouched;

    private static bool IsWanted(ObservabilityOptions options) => options.Enabled || options.Propagators.Count > 0;
}

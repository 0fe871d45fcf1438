using System.Reflection;

namespace Observability.Logging;

/// <summary>Makes a plan of the settings.</summary>
internal static class PlanFactory
{
    public static LinePlan Create(JsonLinesOptions options, LoggingHealth health, TimeProvider time)
    {
        options.Service ??= Assembly.GetEntryAssembly()?.GetName().Name ?? "unknown_service";
        return new LinePlan(options, FormatFactory.Create(options, Terminal.OfProcess), health, time, new LineControl(options, time, health.Suppressions));
    }
}

using System.Diagnostics.Metrics;
using Observability.Sources.ProcessMetrics;

namespace Observability.Pipelines;

/// <summary>
/// Instruments that cannot have many attribute sets: a generation, a mode, an end point of this process. The SDK sets memory aside for as many sets as a metric may
/// have, for each reader, whether they come or not; with the general limit that is most of what metrics cost a small application.
/// </summary>
internal static class FewSeries
{
    /// <summary>Several times what any of them has had.</summary>
    public const int Most = 100;

    public static bool Has(Instrument instrument) => instrument.Meter.Name switch
    {
        // One set for each type of exception would be a matter of the application's.
        "System.Runtime" => instrument.Name != "dotnet.exceptions",
        ProcessMeter.MeterName => true,
        // What is under way, by method or by end point. Durations also tell errors apart, and those of requests the route.
        "Microsoft.AspNetCore.Hosting" => instrument.Name == "http.server.active_requests",
        "Microsoft.AspNetCore.Server.Kestrel" => !instrument.Name.EndsWith(".duration", StringComparison.Ordinal),
        "Microsoft.AspNetCore.MemoryPool" or "Microsoft.EntityFrameworkCore" => true,
        "Observability" or "Observability.Logging" or "Observability.Prometheus" => true,
        _ => false,
    };
}

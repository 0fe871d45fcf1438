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

    /// <summary>Twice what those have whose sets their meaning tells: one, or as many as the runtime has generations, which are five.</summary>
    public const int MostOfFixed = 10;

    /// <summary>The most sets that the instrument needs; null when there is no telling.</summary>
    public static int? Of(Instrument instrument) => instrument.Meter.Name switch
    {
        // One set for each type of exception would be a matter of the application's.
        "System.Runtime" => instrument.Name != "dotnet.exceptions" ? MostOfFixed : null,
        ProcessMeter.MeterName => MostOfFixed,
        // The others tell rules apart, of which there may be any number.
        "Observability.Sampling" => instrument.Name is "observability.sampling.force_refused" or "observability.sampling.failures" ? MostOfFixed : null,
        // What is under way, by method or by end point. Durations also tell errors apart, and those of requests the route.
        "Microsoft.AspNetCore.Hosting" => instrument.Name == "http.server.active_requests" ? Most : null,
        "Microsoft.AspNetCore.Server.Kestrel" => !instrument.Name.EndsWith(".duration", StringComparison.Ordinal) ? Most : null,
        "Microsoft.AspNetCore.MemoryPool" or "Microsoft.EntityFrameworkCore" => Most,
        "Observability" or "Observability.Logging" or "Observability.Prometheus" => Most,
        _ => null,
    };
}

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

    /// <summary>More than those have whose sets their meaning tells: one, or as many as there are generations, levels of a log or kinds of exporters.</summary>
    public const int MostOfFixed = 10;

    /// <summary>The most sets that the instrument needs; null when there is no telling.</summary>
    public static int? Of(Instrument instrument) => instrument.Meter.Name switch
    {
        // One set for each type of exception would be a matter of the application's.
        "System.Runtime" => instrument.Name != "dotnet.exceptions" ? MostOfFixed : null,
        ProcessMeter.MeterName => MostOfFixed,
        // By exporter, and by kind of attribute or of end. Only diagnostics have their ids.
        "Observability" => instrument.Name == "observability.diagnostics" ? Most : MostOfFixed,
        // By level.
        "Observability.Logging" => MostOfFixed,
        // The others tell rules apart, of which there may be any number.
        "Observability.Sampling" => instrument.Name is "observability.sampling.force_refused" or "observability.sampling.failures" ? MostOfFixed : null,
        // What is under way, by method. Durations of requests also tell the route.
        "Microsoft.AspNetCore.Hosting" => instrument.Name == "http.server.active_requests" ? Most : null,
        // By end point and protocol; connections also end in dozens of ways, and the application may add to their attributes.
        "Microsoft.AspNetCore.Server.Kestrel" => instrument.Name != "kestrel.connection.duration" ? Most : null,
        // The last one is the SDK's own, by processor.
        "Microsoft.AspNetCore.MemoryPool" or "Microsoft.EntityFrameworkCore" or "Observability.Prometheus" or "otel.sdk.experimental" => Most,
        _ => null,
    };
}

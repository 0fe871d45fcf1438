using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PipelineApp.Server;

/// <summary>
/// The three signals on the bare OpenTelemetry SDK, as a user who knows it writes them: the addresses, the sampler and the queues
/// come from <c>OTEL_*</c>, as they do for <c>AddObservability()</c>.
/// </summary>
internal static class HandWired
{
    /// <summary>The built-in meters that a web application has.</summary>
    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.MemoryPool",
        "Microsoft.AspNetCore.Http.Connections", "System.Net.Http", "System.Net.NameResolution", "System.Runtime",
    ];

    public static void Add(WebApplicationBuilder builder)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        DiagnosticListener.AllListeners.Subscribe(new ServerSpanEnricher());
        var resource = ResourceBuilder.CreateDefault().AddService("pipeline", serviceVersion: "1.0.0");

        var tracers = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http")
            .AddOtlpExporter()
            .Build();
        var meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddOtlpExporter()
            .Build();
        builder.Services.AddSingleton(_ => tracers);
        builder.Services.AddSingleton(_ => meters);

        builder.Logging.AddJsonConsole(console => console.IncludeScopes = true);
        builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter());
    }
}

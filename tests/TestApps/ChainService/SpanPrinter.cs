using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;

namespace ChainService;

/// <summary>Prints sampled spans: what an exporter would send.</summary>
internal sealed class SpanPrinter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (!data.Recorded) return;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            span = data.Kind == ActivityKind.Server ? "server" : "client",
            traceId = data.TraceId.ToHexString(),
            traceState = data.TraceStateString,
        }));
    }
}

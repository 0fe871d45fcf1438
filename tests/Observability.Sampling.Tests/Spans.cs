using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>Spans about to start, as samplers see them.</summary>
internal static class Spans
{
    public static SamplingParameters Root(ActivityTraceId? traceId = null, string name = "op", ActivityKind kind = ActivityKind.Internal, params KeyValuePair<string, object?>[] attributes) =>
        new(default, traceId ?? ActivityTraceId.CreateRandom(), name, kind, attributes.Length == 0 ? null : attributes);

    public static SamplingParameters Child(bool sampled, string? traceState = null, bool remote = true, ActivityTraceId? traceId = null, int flags = 0, string name = "op", ActivityKind kind = ActivityKind.Internal, params KeyValuePair<string, object?>[] attributes)
    {
        var id = traceId ?? ActivityTraceId.CreateRandom();
        var parent = new ActivityContext(id, ActivitySpanId.CreateRandom(), (ActivityTraceFlags)(flags | (sampled ? 1 : 0)), traceState, remote);
        return new SamplingParameters(parent, id, name, kind, attributes.Length == 0 ? null : attributes);
    }

    public static SamplingParameters Request(string method, string path, string host = "shop.example", ActivityTraceId? traceId = null) =>
        Root(traceId, "Microsoft.AspNetCore.Hosting.HttpRequestIn", ActivityKind.Server,
            new("server.address", host), new("server.port", 443), new("http.request.method", method), new("url.scheme", "https"), new("url.path", path));

    /// <summary>A trace id whose trailing 56 bits are these.</summary>
    public static ActivityTraceId TraceId(ulong randomness, ulong leading = 0x1122334455667788) =>
        ActivityTraceId.CreateFromString($"{leading:x16}aa{randomness & 0x00FF_FFFF_FFFF_FFFF:x14}");
}

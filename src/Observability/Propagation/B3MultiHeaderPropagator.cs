using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>B3 in the headers <c>X-B3-*</c>; reads both encodings.</summary>
internal sealed class B3MultiHeaderPropagator : TextMapPropagator
{
    private static readonly FrozenSet<string> Headers =
        [B3Extraction.TraceId, B3Extraction.SpanId, B3Extraction.Sampled, B3Extraction.Flags];

    public override ISet<string> Fields => Headers;

    public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter) =>
        B3Extraction.Extract(context, carrier, getter);

    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        var current = context.ActivityContext;
        if (!current.IsValid() || carrier is null) return;
        setter(carrier, B3Extraction.TraceId, current.TraceId.ToHexString());
        setter(carrier, B3Extraction.SpanId, current.SpanId.ToHexString());
        // Debug implies sampled, and the format forbids sending both.
        if (DebugFlag.IsSet(current.TraceState)) setter(carrier, B3Extraction.Flags, "1");
        else setter(carrier, B3Extraction.Sampled, current.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "1" : "0");
    }
}

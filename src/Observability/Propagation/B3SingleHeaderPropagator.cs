using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>B3 in the one header <c>b3</c>; reads both encodings.</summary>
internal sealed class B3SingleHeaderPropagator : TextMapPropagator
{
    private static readonly FrozenSet<string> Headers = [B3Extraction.Single];

    public override ISet<string> Fields => Headers;

    public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter) =>
        B3Extraction.Extract(context, carrier, getter);

    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        var current = context.ActivityContext;
        if (!current.IsValid() || carrier is null) return;
        var state = DebugFlag.IsSet(current.TraceState) ? 'd' : current.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? '1' : '0';
        setter(carrier, B3Extraction.Single, $"{current.TraceId.ToHexString()}-{current.SpanId.ToHexString()}-{state}");
    }
}

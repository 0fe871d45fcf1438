using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>
/// Jaeger's own headers (https://www.jaegertracing.io/sdk-migration/#propagation-format):
/// <c>uber-trace-id: {trace id}:{span id}:{parent span id}:{flags}</c>, and <see cref="JaegerBaggage">its baggage</see>.
/// A trace header of more than 128 characters is ignored.
/// </summary>
internal sealed class JaegerPropagator : TextMapPropagator
{
    public const string TraceHeader = "uber-trace-id";

    private const int LongestHeader = 128;
    private const int SampledBit = 1;
    private const int DebugBit = 2;
    private static readonly FrozenSet<string> Headers = [TraceHeader];

    public override ISet<string> Fields => Headers;

    public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        if (carrier is null) return context;
        try
        {
            if (!context.ActivityContext.IsValid() && Parse(HeaderReader.First(carrier, getter, TraceHeader, LongestHeader)) is { } parent)
                context = new PropagationContext(parent, context.Baggage);
            return context.Baggage != default ? context : new PropagationContext(context.ActivityContext, JaegerBaggage.Extract(carrier, getter));
        }
        catch (Exception)
        {
            // The carrier is the application's or a library's; when it fails, the trace starts anew here.
            return context;
        }
    }

    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        if (carrier is null) return;
        JaegerBaggage.Inject(context.Baggage, carrier, setter);
        var current = context.ActivityContext;
        if (!current.IsValid()) return;
        var flags = current.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? SampledBit : 0;
        if (DebugFlag.IsSet(current.TraceState)) flags |= SampledBit | DebugBit;
        // The parent id is deprecated in the format; receivers take 0 for "unknown".
        setter(carrier, TraceHeader, string.Create(CultureInfo.InvariantCulture, $"{current.TraceId.ToHexString()}:{current.SpanId.ToHexString()}:0:{flags}"));
    }

    private static ActivityContext? Parse(string? header)
    {
        if (header is null) return null;
        // Some clients percent-encode the whole header.
        var text = header.Replace("%3A", ":", StringComparison.OrdinalIgnoreCase).AsSpan();
        Span<Range> parts = stackalloc Range[5];
        if (text.Split(parts, ':') != 4) return null;
        if (!HexIdentifier.TryReadTraceId(text[parts[0]], out var trace) || !HexIdentifier.TryReadSpanId(text[parts[1]], out var span)) return null;
        if (!byte.TryParse(text[parts[3]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var flags)) return null;
        var debug = (flags & DebugBit) != 0;
        var recorded = debug || (flags & SampledBit) != 0 ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return new ActivityContext(trace, span, recorded, debug ? DebugFlag.TraceState : null, isRemote: true);
    }
}

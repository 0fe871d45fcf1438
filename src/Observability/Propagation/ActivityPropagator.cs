using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>
/// Lets HttpClient and ASP.NET Core, which ask <see cref="DistributedContextPropagator"/>, speak the formats of a
/// <see cref="TextMapPropagator"/>: B3, Jaeger or any other. Never throws: a context that cannot be read starts a new trace, one that
/// cannot be written ends the trace at this process's edge, and either is told to <paramref name="failed"/>.
/// </summary>
internal sealed class ActivityPropagator(TextMapPropagator propagator, Action<Exception>? failed = null) : DistributedContextPropagator
{
    /// <summary>Makes the propagators that read trace contexts pass: theirs is there already. .NET asks for the baggage apart.</summary>
    private static readonly ActivityContext SomeContext = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);

    /// <summary>Makes the propagators that read baggage pass, likewise.</summary>
    private static readonly Baggage SomeBaggage = Baggage.Create(new Dictionary<string, string> { ["_"] = "" });

    private readonly string[] _fields = [.. propagator.Fields ?? new HashSet<string>()];

    public override IReadOnlyCollection<string> Fields => _fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity is null || setter is null) return;
        try
        {
            var context = new PropagationContext(activity.Context, AmbientBaggage.Outgoing(activity));
            propagator.Inject(context, new CallbackCarrier(carrier, null, setter), CallbackCarrier.Setter);
        }
        catch (Exception exception)
        {
            // The request must leave, traced or not.
            failed?.Invoke(exception);
        }
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        traceId = traceState = null;
        var context = Extract(new PropagationContext(default, SomeBaggage), carrier, getter).ActivityContext;
        if (!context.IsValid()) return;
        var flags = context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00";
        traceId = $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{flags}";
        traceState = context.TraceState;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter)
    {
        var baggage = Extract(new PropagationContext(SomeContext, default), carrier, getter).Baggage;
        AmbientBaggage.Arrived(baggage);
        return AmbientBaggage.ForActivity(baggage);
    }

    private PropagationContext Extract(PropagationContext context, object? carrier, PropagatorGetterCallback? getter)
    {
        if (getter is null) return default;
        try
        {
            return propagator.Extract(context, new CallbackCarrier(carrier, getter, null), CallbackCarrier.Getter);
        }
        catch (Exception exception)
        {
            // The request must be served, with the caller's trace or with a new one.
            failed?.Invoke(exception);
            return default;
        }
    }
}

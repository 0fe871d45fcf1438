using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>
/// .NET's own W3C propagator (since .NET 10 its default), plus what it does not know: OpenTelemetry's <see cref="Baggage.Current"/>, and that a
/// member of the header <c>baggage</c> may have properties. As long as there is no baggage, every call is .NET's.
/// </summary>
internal sealed class NativeW3CPropagator : DistributedContextPropagator
{
    private const string BaggageHeader = "baggage";

    private static readonly BaggagePropagator BaggageFormat = new();
    private readonly DistributedContextPropagator _native = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => _native.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity is null || setter is null) return;
        if (Baggage.Current.Count == 0 || activity.IdFormat != ActivityIdFormat.W3C)
        {
            _native.Inject(activity, carrier, setter);
            return;
        }
        // Written before the native headers: HttpClient keeps the first value of a header, and the native baggage would be that.
        var baggage = new PropagationContext(default, AmbientBaggage.Outgoing(activity));
        BaggageFormat.Inject(baggage, new CallbackCarrier(carrier, null, setter), CallbackCarrier.Setter);
        _native.Inject(activity, carrier, SkipBaggage(setter));
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        _native.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter)
    {
        string? value = null;
        IEnumerable<string>? values = null;
        getter?.Invoke(carrier, BaggageHeader, out value, out values);
        if (value is null && values is null) return ExtractOlderBaggage(carrier, getter);
        // .NET takes a member's properties for a part of its value, and nothing behind a member that it cannot read.
        var baggage = BaggageFormat.Extract(default, new CallbackCarrier(carrier, getter, null), CallbackCarrier.Getter).Baggage;
        AmbientBaggage.Arrived(baggage);
        return AmbientBaggage.ForActivity(baggage);
    }

    /// <summary>Before .NET 10 it wrote a header of its own, which it still reads.</summary>
    private IEnumerable<KeyValuePair<string, string?>>? ExtractOlderBaggage(object? carrier, PropagatorGetterCallback? getter)
    {
        var items = _native.ExtractBaggage(carrier, getter);
        AmbientBaggage.Arrived(items is null ? default : AmbientBaggage.FromActivity(items));
        return items;
    }

    private static PropagatorSetterCallback SkipBaggage(PropagatorSetterCallback setter) =>
        (carrier, name, value) =>
        {
            if (name != BaggageHeader) setter(carrier, name, value);
        };
}

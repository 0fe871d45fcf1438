using System.Diagnostics;

namespace Observability.Propagation;

/// <summary>
/// A carrier together with the callback that .NET hands over beside it, so that a <c>TextMapPropagator</c>, whose callbacks
/// have another shape, can work on it with static delegates: no closure a request.
/// </summary>
internal readonly struct CallbackCarrier(object? carrier, DistributedContextPropagator.PropagatorGetterCallback? get, DistributedContextPropagator.PropagatorSetterCallback? set)
{
    public static readonly Func<CallbackCarrier, string, IEnumerable<string>?> Getter = static (carrier, name) => carrier.Get(name);
    public static readonly Action<CallbackCarrier, string, string> Setter = static (carrier, name, value) => carrier.Set(name, value);

    public object? Carrier => carrier;

    private IEnumerable<string>? Get(string name)
    {
        string? value = null;
        IEnumerable<string>? values = null;
        get?.Invoke(carrier, name, out value, out values);
        return values ?? (value is null ? null : [value]);
    }

    private void Set(string name, string value) => set?.Invoke(carrier, name, value);
}

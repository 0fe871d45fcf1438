using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Observability.Sources.Database;

/// <summary>
/// Reads one property of a diagnostic event's payload, whose type belongs to a package that is not referenced here. The last type's property is remembered, for a
/// listener sees few.
/// </summary>
internal sealed class PayloadProperty(string name)
{
    private Found? _last;

    public object? Of(object payload)
    {
        var last = _last;
        if (last?.Type != payload.GetType()) _last = last = Find(payload);
        return last.Property?.GetValue(payload);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A trimmed-away property reads as absent: no span, no failure.")]
    private Found Find(object payload) => new(payload.GetType(), payload.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance));

    private sealed record Found(Type Type, PropertyInfo? Property);
}

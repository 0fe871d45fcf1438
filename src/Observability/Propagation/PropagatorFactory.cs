using System.Diagnostics;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>Makes the propagators that <c>OTEL_PROPAGATORS</c> (or the options) name.</summary>
internal static class PropagatorFactory
{
    public const string Variable = "OTEL_PROPAGATORS";
    public const string Default = "tracecontext,baggage";

    private const string None = "none";

    private static readonly Dictionary<string, Func<TextMapPropagator>> Known = new(StringComparer.Ordinal)
    {
        ["tracecontext"] = () => new TraceContextPropagator(),
        ["baggage"] = () => new BaggagePropagator(),
        ["b3"] = () => new B3SingleHeaderPropagator(),
        ["b3multi"] = () => new B3MultiHeaderPropagator(),
        ["jaeger"] = () => new JaegerPropagator(),
    };

    /// <summary>
    /// Comma-separated names; null or blank means <see cref="Default"/>. A name that is not known is a fault and is left out, and so is 'none'
    /// beside others; when nothing else is left, the default takes its place.
    /// </summary>
    public static PropagatorSelection Create(string? names, Action<Exception>? failed = null)
    {
        var asked = Split(names);
        var faults = asked.Where(name => name != None && !Known.ContainsKey(name)).Select(Fault).ToList();
        var understood = asked.Where(Known.ContainsKey).ToList();
        if (asked.Contains(None))
        {
            if (understood.Count > 0) faults.Add($"{Variable} (or {ObservabilityOptions.SectionName}:{nameof(ObservabilityOptions.Propagators)}) names '{None}' beside '{string.Join(',', understood)}', and '{None}' was ignored: write either '{None}' or the propagators.");
        }
        else if (understood.Count == 0)
        {
            understood = Split(Default);
        }
        var textMap = new CompositeTextMapPropagator(understood.Select(name => Known[name]()));
        return new PropagatorSelection(understood, textMap, ForActivities(understood, textMap, failed), faults);
    }

    /// <summary>Only W3C asked for: .NET does it natively. (An order of the two makes no difference: they share no header.)</summary>
    private static DistributedContextPropagator ForActivities(List<string> names, TextMapPropagator textMap, Action<Exception>? failed) =>
        names.Order(StringComparer.Ordinal).SequenceEqual(["baggage", "tracecontext"])
            ? new NativeW3CPropagator()
            : new ActivityPropagator(textMap, failed);

    private static List<string> Split(string? names)
    {
        var split = (names ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return split.Length == 0 ? Split(Default) : [.. split.Select(name => name.ToLowerInvariant()).Distinct()];
    }

    private static string Fault(string name) =>
        $"{Variable} names '{name}', which is no propagator known here: use {string.Join(", ", Known.Keys)} or {None}.";
}

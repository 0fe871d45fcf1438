using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Observability.AutoInstrumentation.Bridge.EarlyMeasurements;
using Observability.AutoInstrumentation.Bridge.EarlySpans;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>The agent in its load context, as delegates: only types of .NET's base library pass between the two.</summary>
internal sealed class LoadedAgent
{
    private const string Name = "Observability.AutoInstrumentation";

    private readonly Type _type;
    private readonly object _agent;

    private LoadedAgent(Type type, object agent) => (_type, _agent) = (type, agent);

    public static LoadedAgent From(string payload)
    {
        var folder = Path.Combine(payload, "agent");
        var type = new AgentLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, Name + ".dll")).GetType(Name + ".Agent", throwOnError: true)!;
        return new LoadedAgent(type, Activator.CreateInstance(type, (Action<string>)StandardError.Say)!);
    }

    /// <summary>Completes server spans from now on; false when requests need the pipelines all the same.</summary>
    public bool Listen() => Method("Listen").CreateDelegate<Func<bool>>(_agent)();

    /// <summary>Builds the pipelines and takes over what was held; null when the settings are wrong.</summary>
    public IReadOnlyDictionary<string, object>? Start(SpanHold spans, MeasurementHold measurements, Func<bool> hasHost) =>
        Method("Start").CreateDelegate<Func<Func<IReadOnlyList<Activity>>, Action<Instrument>, Action, Func<bool>, IReadOnlyDictionary<string, object>?>>(_agent)(
            spans.Release, measurements.Stop, measurements.HandOver, hasHost);

    private MethodInfo Method(string name) => _type.GetMethod(name)!;
}

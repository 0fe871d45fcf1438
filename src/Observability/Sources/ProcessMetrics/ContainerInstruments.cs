using System.Diagnostics.Metrics;

namespace Observability.Sources.ProcessMetrics;

/// <summary>
/// <c>container.*</c> by OpenTelemetry's conventions where they have a name (cpu.time, memory.usage, memory.working_set); limits and throttling, which they lack,
/// beside them. An instrument exists only where the control group tells its value.
/// </summary>
internal static class ContainerInstruments
{
    public static void Add(Meter meter, ControlGroup? group)
    {
        if (group is null) return;
        AddCpu(meter, group);
        if (group.MemoryUsage is not null)
        {
            meter.CreateObservableUpDownCounter("container.memory.usage", () => Optional(group.MemoryUsage), "By", "Memory charged to the control group, file cache included.");
            meter.CreateObservableUpDownCounter("container.memory.working_set", () => Optional(group.MemoryWorkingSet), "By", "Memory that cannot be dropped at once.");
        }
        if (group.MemoryLimit is not null)
            meter.CreateObservableUpDownCounter("container.memory.limit", () => Optional(group.MemoryLimit), "By", "Memory that the control group may use.");
    }

    private static void AddCpu(Meter meter, ControlGroup group)
    {
        if (group.CpuTime is not null)
        {
            meter.CreateObservableCounter(
                "container.cpu.time",
                () => group.CpuTime is var (user, system) ? ProcessMeter.ByMode(user.TotalSeconds, system.TotalSeconds) : [],
                "s",
                "Processor time charged to the control group, by mode.");
        }
        if (group.CpuLimit is null) return;
        meter.CreateObservableUpDownCounter("container.cpu.limit", () => Optional(group.CpuLimit), "{cpu}", "Processors that the control group may use at once.");
        meter.CreateObservableCounter("container.cpu.throttled.periods", () => Optional(group.Throttled?.Periods), "{period}", "Periods in which the quota stopped the control group.");
        meter.CreateObservableCounter("container.cpu.throttled.time", () => Optional(group.Throttled?.Time.TotalSeconds), "s", "How long the quota has stopped the control group.");
    }

    private static Measurement<T>[] Optional<T>(T? value)
        where T : struct => value is { } known ? [new(known)] : [];
}

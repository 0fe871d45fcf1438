using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Observability.Sources.ProcessMetrics;

/// <summary>The process's own metrics by OpenTelemetry's conventions for processes, and its control group's beside them.</summary>
internal sealed class ProcessMeter : IDisposable
{
    public const string MeterName = "Observability.Process";

    private static readonly KeyValuePair<string, object?>[] User = [new("cpu.mode", "user")];
    private static readonly KeyValuePair<string, object?>[] System = [new("cpu.mode", "system")];

    private readonly Meter _meter = new(MeterName);

    public ProcessMeter(TimeProvider time, ProcFiles? files = null)
    {
        files ??= new ProcFiles();
        AddCpu(new CpuUtilization(time, Usage, Environment.ProcessorCount));
        var reader = new ProcessReader(files);
        AddMemory(reader);
        AddUptime(time, reader);
        if (OperatingSystem.IsLinux()) ContainerInstruments.Add(_meter, ControlGroup.Find(files));
    }

    /// <summary>Whether the meter is this one's: meters of several hosts in a process share the name.</summary>
    public bool Owns(Meter meter) => ReferenceEquals(meter, _meter);

    public void Dispose() => _meter.Dispose();

    /// <summary>Two measurements that differ in the mode, as processes and containers both have them.</summary>
    public static Measurement<double>[] ByMode(double user, double system) => [new(user, User), new(system, System)];

    private static (TimeSpan User, TimeSpan System) Usage()
    {
        // The platforms without it are the browser and mobile ones, which nobody serves from.
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS()) return default;
        var usage = Environment.CpuUsage;
        return (usage.UserTime, usage.PrivilegedTime);
    }

    private void AddCpu(CpuUtilization utilization)
    {
        _meter.CreateObservableCounter("process.cpu.time", () => Usage() is var (user, system) ? ByMode(user.TotalSeconds, system.TotalSeconds) : [], "s", "Processor time used, by mode.");
        _meter.CreateObservableGauge(
            "process.cpu.utilization",
            () => utilization.Measure() is var (user, system) ? ByMode(user, system) : [],
            "1",
            "Share of the available processors used since the last measurement, by mode.");
    }

    private void AddMemory(ProcessReader reader)
    {
        _meter.CreateObservableUpDownCounter("process.memory.usage", () => reader.Read().ResidentBytes, "By", "Physical memory in use.");
        _meter.CreateObservableUpDownCounter("process.memory.virtual", () => reader.Read().VirtualBytes, "By", "Address space in use.");
        _meter.CreateObservableUpDownCounter("process.thread.count", () => reader.Read().Threads, "{thread}", "Threads of the operating system.");
        if (reader.Descriptors() is not null)
            _meter.CreateObservableUpDownCounter("process.open_file_descriptor.count", () => Optional(reader.Descriptors()), "{file_descriptor}", "Open file descriptors.");
        if (reader.Read().MinorFaults is not null)
            _meter.CreateObservableCounter("process.paging.faults", () => Faults(reader.Read()), "{fault}", "Page faults, by type.");
    }

    private void AddUptime(TimeProvider time, ProcessReader reader)
    {
        var already = reader.Age() ?? Age(time);
        var since = time.GetTimestamp();
        _meter.CreateObservableGauge("process.uptime", () => (already + time.GetElapsedTime(since)).TotalSeconds, "s", "How long the process has been running.");
    }

    private static TimeSpan Age(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return time.GetUtcNow() - process.StartTime.ToUniversalTime();
    }

    private static Measurement<long>[] Faults(ProcessReading reading) =>
    [
        new(reading.MinorFaults ?? 0, new KeyValuePair<string, object?>("process.paging.fault_type", "minor")),
        new(reading.MajorFaults ?? 0, new KeyValuePair<string, object?>("process.paging.fault_type", "major")),
    ];

    private static Measurement<long>[] Optional(long? value) => value is { } known ? [new(known)] : [];
}

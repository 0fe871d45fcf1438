using System.Diagnostics;
using Observability.Ebpf.Agent.Events;
using Observability.Ebpf.Agent.Export;
using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Loading;
using Observability.Ebpf.Agent.Tenants;

namespace Observability.Ebpf.Agent;

/// <summary>The agent, put together: programs in the kernel, maps for the tenants, events out.</summary>
internal sealed class NodeAgent : IDisposable
{
    private const uint RingSize = 1 << 20;
    private const string Private = "agent";

    private readonly List<IDisposable> _parts = [];
    private readonly AgentOptions _options;
    private readonly PinFolder _pins;

    /// <exception cref="KernelRefusalException">Not permitted, or a kernel that is too old for all of it.</exception>
    /// <exception cref="IOException">The kernel does not tell its types, or a port or a file cannot be had.</exception>
    public NodeAgent(AgentOptions options, TimeProvider time, TextWriter output)
    {
        _options = options;
        _pins = new PinFolder(options.Pins, options.Mode, options.Group);
        // Sockets stay bound while the agent is replaced, because their map is the same one.
        Programs = Keep(KernelPrograms.Load((name, shape) => name == "socket_slots" && _pins.Open(Private, name, shape) is >= 0 and var map ? map : null));
        if (_pins.Pin(Private, "socket_slots", Programs.Maps["socket_slots"]) is < 0 and var error) throw new KernelRefusalException($"pinning in {options.Pins} (is a file system for BPF mounted there?)", error);
        Tenants = new TenantMaps(Programs.Maps, _pins);
        Kernel = Keep(new KernelMemory(Programs.Maps["losses"], Programs.Maps["control"]));
        Kernel.Set(options);
        Metrics = new EventMetrics(time, Kernel.Losses);
        Pump = new EventPump(Keep(new EventRing(Programs.Maps["events"], RingSize)), Describer(time), new RateLimit(options.Limit, time), Metrics, Sender(output));
        if (options.Port is { } port) Keep(new MetricsServer(options.Host, port, Metrics));
    }

    public KernelPrograms Programs { get; }

    public TenantMaps Tenants { get; }

    public KernelMemory Kernel { get; }

    public EventMetrics Metrics { get; }

    public EventPump Pump { get; }

    /// <summary>Begins to hear the kernel; the programs that were not asked for stay out of it.</summary>
    public void Attach() => Programs.Attach(program => program.Name switch
    {
        "on_drop" or "on_drop_before_6_11" => _options.Drops,
        "on_segment" => _options.RoundTrips,
        "on_switch" or "on_wakeup" or "on_wakeup_new" => _options.RunQueueMilliseconds is not null,
        "on_send" => _options.Threads,
        _ => true,
    });

    public void Dispose()
    {
        for (var i = _parts.Count - 1; i >= 0; i--) _parts[i].Dispose();
        _parts.Clear();
    }

    private EventDescriber Describer(TimeProvider time)
    {
        var bootTime = time.GetUtcNow() - Stopwatch.GetElapsedTime(0, Stopwatch.GetTimestamp());
        return new EventDescriber(Tenants.Find, Programs.Types.DropReasons, new Throttling("/sys/fs/cgroup", time).Read, bootTime);
    }

    private Action<EventRecord> Sender(TextWriter output)
    {
        Action<EventRecord>? send = null;
        if (_options.Lines) send += new EventLines(output).Send;
        if (_options.Otlp) send += Keep(new EventLogs(Environment.MachineName)).Send;
        return send ?? (static _ => { });
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Observability.Ebpf.Agent.Tenants;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>The agent in this process, as its command line would start it, and the lines that it wrote.</summary>
internal sealed class RunningAgent : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _pump;
    private readonly LineCollector _lines = new();

    public RunningAgent(BpfMount mount, params string[] arguments)
    {
        var options = AgentOptions.Read(["run", "--pins", mount.Folder, "--address", "none", "--lines", .. arguments]);
        Assert.Empty(options.Faults);
        Maps = Path.Combine(mount.Folder, PinFolder.Version, "host");
        Agent = new NodeAgent(options, TimeProvider.System, _lines);
        Assert.Empty(Agent.Tenants.Refresh(new TenantScan(options.Pods, options.Tenants).Find()));
        Agent.Attach();
        _pump = new Thread(() => Agent.Pump.Run(_stop.Token));
        _pump.Start();
    }

    public NodeAgent Agent { get; }

    public string Maps { get; }

    public IReadOnlyList<JsonElement> Events(string name) => [.. _lines.All.Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("event").GetString() == name)];

    /// <summary>The kernel reports at once; the agent's thread needs a moment.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitFor(string name, Func<IReadOnlyList<JsonElement>, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var events = Events(name);
            if (condition(events)) return events;
            if (clock.Elapsed > TimeSpan.FromSeconds(90)) Assert.Fail($"No such {name} in time; {State()}; there were:\n{string.Join('\n', _lines.All.TakeLast(20))}");
            await Task.Delay(20);
        }
    }

    /// <summary>The event of the span.</summary>
    public async Task<JsonElement> Find(string name, Activity span)
    {
        var (trace, id) = (span.TraceId.ToHexString(), span.SpanId.ToHexString());
        var events = await WaitFor(name, events => events.Any(IsOfSpan));
        return events.First(IsOfSpan);

        bool IsOfSpan(JsonElement line) => line.TryGetProperty("trace_id", out var value) && value.GetString() == trace && line.GetProperty("span_id").GetString() == id;
    }

    /// <summary>What tells why an event is missing: what the agent has to say of itself.</summary>
    private string State()
    {
        var failures = Agent.Programs.Programs.Where(program => program.Failure is not null).Select(program => $"{program.Name} {program.Failure}");
        return $"the agent's thread {(_pump.IsAlive ? "runs" : "has ended")}, programs that failed: [{string.Join(", ", failures)}]; maps: {string.Join(", ", Directory.GetFiles(Maps).Select(Path.GetFileName))}";
    }

    public void Dispose()
    {
        _stop.Cancel();
        _pump.Join();
        Agent.Dispose();
        _stop.Dispose();
    }

    private sealed class LineCollector : TextWriter
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> All => [.. _lines];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => _lines.Enqueue(value ?? "");
    }
}

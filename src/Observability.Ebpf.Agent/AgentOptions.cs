using System.Globalization;

namespace Observability.Ebpf.Agent;

/// <summary>What the command line says. Every fault is told at once.</summary>
internal sealed class AgentOptions
{
    public const string Usage = """
        usage: observability-ebpf [run] [options]     loads the programs and sends events until it is told to stop
               observability-ebpf doctor              says which programs this kernel can run, and why not

          --pins FOLDER          where maps are pinned (default /sys/fs/bpf/observability)
          --group GID            the group whose processes may use the host's maps, and named tenants' (default 0)
          --mode OCTAL           their file mode (default 0660; a pod's maps have 0666, in a folder that nobody else reaches)
          --pods                 a tenant for each pod of this node (needs the host's process ids)
          --tenant NAME=PID      a tenant for the network namespace of a process; may be repeated
          --address HOST:PORT    where metrics are scraped (default *:9435); "none" for no metrics
          --otlp                 send events over OTLP, as OTEL_EXPORTER_OTLP_* say
          --lines                write events to the output, a JSON object a line
          --drops, --rtt         also dropped packets; also changes of the round-trip time by a quarter
          --rtt-every-segment    the round-trip time with every segment that arrives: for measurements
          --runqueue MS          also waits for a processor of at least so many milliseconds
          --threads              attribute sockets by the thread that sends, for applications without code
          --untagged             also events that no span is known for
          --limit N              at most so many records a second and tenant (default 1000)
        """;

    public string Command { get; private set; } = "run";

    public string Pins { get; private set; } = "/sys/fs/bpf/observability";

    public UnixFileMode Mode { get; private set; } = (UnixFileMode)0b110_110_000;

    public uint Group { get; private set; }

    public bool Pods { get; private set; }

    public Dictionary<string, string> Tenants { get; } = [];

    public string Host { get; private set; } = "*";

    public int? Port { get; private set; } = 9435;

    public bool Otlp { get; private set; }

    public bool Lines { get; private set; }

    public bool Drops { get; private set; }

    public bool RoundTrips { get; private set; }

    public bool EverySegment { get; private set; }

    public double? RunQueueMilliseconds { get; private set; }

    public bool Threads { get; private set; }

    public bool Untagged { get; private set; }

    public int Limit { get; private set; } = 1_000;

    public List<string> Faults { get; } = [];

    public static AgentOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new AgentOptions();
        var rest = new Queue<string>(arguments);
        if (rest.TryPeek(out var first) && first is "run" or "doctor") options.Command = rest.Dequeue();
        while (rest.TryDequeue(out var name)) options.Take(name, rest);
        return options;
    }

    private void Take(string name, Queue<string> rest)
    {
        switch (name)
        {
            case "--pods": Pods = true; return;
            case "--otlp": Otlp = true; return;
            case "--lines": Lines = true; return;
            case "--drops": Drops = true; return;
            case "--rtt": RoundTrips = true; return;
            case "--rtt-every-segment": RoundTrips = EverySegment = true; return;
            case "--threads": Threads = true; return;
            case "--untagged": Untagged = true; return;
        }
        if (name is not ("--pins" or "--mode" or "--group" or "--tenant" or "--address" or "--runqueue" or "--limit")) Faults.Add($"{name} is no option");
        else if (!rest.TryDequeue(out var value)) Faults.Add($"{name} needs a value");
        else if (!Set(name, value)) Faults.Add($"{name}: '{value}' is not understood");
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--pins": Pins = value; return Path.IsPathRooted(value);
            case "--mode": return SetMode(value);
            case "--group": return uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var group) && (Group = group) >= 0;
            case "--address": return SetAddress(value);
            case "--limit": return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && (Limit = limit) > 0;
            case "--runqueue":
                if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)) return false;
                RunQueueMilliseconds = milliseconds;
                return true;
            default:
                var parts = value.Split('=', 2);
                // The name becomes a folder's.
                return parts.Length == 2 && parts[0].Length > 0 && parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && parts[1].All(char.IsAsciiDigit) && Tenants.TryAdd(parts[0], parts[1]);
        }
    }

    private bool SetMode(string value)
    {
        if (value.Length is < 3 or > 4 || !value.All(c => c is >= '0' and <= '7')) return false;
        Mode = (UnixFileMode)Convert.ToInt32(value, 8);
        return true;
    }

    private bool SetAddress(string value)
    {
        Port = null;
        if (value == "none") return true;
        var colon = value.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        (Host, Port) = (value[..colon], port);
        return true;
    }
}

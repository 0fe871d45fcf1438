using System.Text;
using Observability.Ebpf.Agent.Objects;

namespace Observability.Ebpf.Agent.Loading;

/// <summary>What is read of the running kernel's types: which tracepoints it has, and its reasons for dropping a packet.</summary>
internal sealed class KernelTypes
{
    public const string Path = "/sys/kernel/btf/vmlinux";

    private KernelTypes(IReadOnlyDictionary<string, int> tracepoints, IReadOnlyDictionary<int, string> dropReasons) => (Tracepoints, DropReasons) = (tracepoints, dropReasons);

    /// <summary>The number of the type that describes a tracepoint's arguments, by the tracepoint's name.</summary>
    public IReadOnlyDictionary<string, int> Tracepoints { get; }

    /// <summary>Names of <c>enum skb_drop_reason</c>, without its prefix: their numbers differ from kernel to kernel.</summary>
    public IReadOnlyDictionary<int, string> DropReasons { get; }

    public static KernelTypes Read(byte[] data, IReadOnlyCollection<string> tracepoints)
    {
        var types = new BtfData(data);
        var wanted = tracepoints.Select(name => (Name: name, Text: Encoding.ASCII.GetBytes("btf_trace_" + name))).ToList();
        var found = new Dictionary<string, int>();
        var reasons = new Dictionary<int, string>();
        foreach (var type in types.Types())
        {
            if (type.Kind == BtfKind.Typedef)
            {
                foreach (var (name, text) in wanted)
                    if (types.HasName(type, text)) found[name] = type.Id;
            }
            else if (type.Kind == BtfKind.Enumeration && types.HasName(type, "skb_drop_reason"u8)) AddReasons(types, type, reasons);
        }
        return new KernelTypes(found, reasons);
    }

    private static void AddReasons(BtfData types, BtfType enumeration, Dictionary<int, string> reasons)
    {
        const string Prefix = "SKB_DROP_REASON_";
        for (var index = 0; index < enumeration.Count; index++)
        {
            var member = enumeration.Members + (index * 8);
            var name = types.Name(types.Number(member));
            reasons[types.Number(member + 4)] = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        }
    }
}

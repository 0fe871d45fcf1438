using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Observability.Ebpf.Agent.Tenants;

namespace Observability.Ebpf.Agent.Events;

/// <summary>
/// Makes records of the kernel's numbers. What an application has written into its slots is not trusted: an identity that no trace has is rejected, and counted.
/// </summary>
internal sealed class EventDescriber(Func<uint, Tenant?> tenants, IReadOnlyDictionary<int, string> dropReasons, Func<uint, ThrottlingReading?> throttling, DateTimeOffset bootTime)
{
    private const int ConnectionRefused = 111;
    private const ushort InterNetworkV6 = 10;
    private static readonly string[] Attributions = ["none", "last", "exact", "thread"];

    /// <summary>Null for kinds that are not reported, and for what no kernel program writes.</summary>
    public EventRecord? Describe(in KernelEvent kernel)
    {
        if (NameOf(kernel) is not { } name || (uint)kernel.Attribution >= Attributions.Length) return null;
        var attributes = new List<KeyValuePair<string, object?>>(16) { new("attribution", Attributions[(int)kernel.Attribution]) };
        AddKind(kernel, attributes);
        if (kernel.Cookie != 0) AddConnection(kernel, attributes);
        if (kernel.Process != 0) attributes.Add(new("process.pid", (long)kernel.Process));
        if (kernel.Thread != 0) attributes.Add(new("thread.id", (long)kernel.Thread));
        AddTenant(kernel, attributes);
        var isKnown = kernel.Attribution != Attribution.None;
        return new EventRecord(name, bootTime + TimeSpan.FromMicroseconds(kernel.Time / 1_000), isKnown ? Hex(kernel.TraceHigh, kernel.TraceLow) : null, isKnown ? Hex(kernel.Span) : null,
            (kernel.TraceFlags & 1) != 0, Attributions[(int)kernel.Attribution], attributes);
    }

    /// <summary>Whether a trace could have the identity that the event carries.</summary>
    public static bool IsPlausible(in KernelEvent kernel) =>
        kernel.Attribution == Attribution.None || (kernel.Span != 0 && (kernel.TraceHigh | kernel.TraceLow) != 0 && kernel.TraceFlags <= 3);

    public static string? NameOf(in KernelEvent kernel) => kernel.Kind switch
    {
        KernelEventKind.Retransmit => "tcp.retransmit",
        KernelEventKind.Connect => kernel.Error == ConnectionRefused ? "tcp.refused" : "tcp.connect",
        KernelEventKind.RoundTrip => "tcp.rtt",
        KernelEventKind.ResetReceived or KernelEventKind.ResetSent => "tcp.reset",
        KernelEventKind.Drop => "tcp.drop",
        KernelEventKind.SocketError => "tcp.error",
        KernelEventKind.RunQueue => "thread.runqueue_delay",
        _ => null,
    };

    private void AddKind(in KernelEvent kernel, List<KeyValuePair<string, object?>> attributes)
    {
        switch (kernel.Kind)
        {
            case KernelEventKind.Retransmit:
                attributes.Add(new("tcp.retransmit.offset", (long)kernel.Offset));
                attributes.Add(new("tcp.retransmit.bytes", (long)kernel.Bytes));
                break;
            case KernelEventKind.Connect:
                attributes.Add(new("tcp.connect.duration", kernel.Value / 1e9));
                break;
            case KernelEventKind.RoundTrip:
                attributes.Add(new("tcp.rtt", kernel.Value / 1e6));
                break;
            case KernelEventKind.ResetReceived or KernelEventKind.ResetSent:
                attributes.Add(new("network.io.direction", kernel.Kind == KernelEventKind.ResetSent ? "transmit" : "receive"));
                break;
            case KernelEventKind.Drop:
                attributes.Add(new("tcp.drop.reason", dropReasons.GetValueOrDefault((int)kernel.Value) ?? kernel.Value.ToString(CultureInfo.InvariantCulture)));
                attributes.Add(new("tcp.drop.bytes", (long)kernel.Bytes));
                break;
            case KernelEventKind.RunQueue:
                attributes.Add(new("thread.runqueue_delay.duration", kernel.Value / 1e9));
                if (throttling(kernel.Process) is not { } reading) break;
                attributes.Add(new("cpu.throttled.periods", reading.Periods));
                attributes.Add(new("cpu.throttled.duration", reading.Time.TotalSeconds));
                break;
        }
        if (kernel.Error != 0) attributes.Add(new("error.code", (long)kernel.Error));
    }

    private static void AddConnection(in KernelEvent kernel, List<KeyValuePair<string, object?>> attributes)
    {
        attributes.Add(new("network.socket.cookie", kernel.Cookie.ToString(CultureInfo.InvariantCulture)));
        attributes.Add(new("network.transport", "tcp"));
        attributes.Add(new("network.local.address", Address(kernel.Family, kernel.Local)));
        attributes.Add(new("network.local.port", (long)kernel.LocalPort));
        attributes.Add(new("network.peer.address", Address(kernel.Family, kernel.Peer)));
        attributes.Add(new("network.peer.port", (long)kernel.PeerPort));
    }

    private void AddTenant(in KernelEvent kernel, List<KeyValuePair<string, object?>> attributes)
    {
        if (tenants(kernel.NetworkNamespace) is not { } tenant) return;
        attributes.Add(new("observability.tenant", tenant.Name));
        if (tenant.Container is not null) attributes.Add(new("container.id", tenant.Container));
        if (Guid.TryParse(tenant.Name, out _)) attributes.Add(new("k8s.pod.uid", tenant.Name));
    }

    private static string Address(ushort family, KernelEvent.AddressBytes bytes)
    {
        var address = new IPAddress(((ReadOnlySpan<byte>)bytes)[..(family == InterNetworkV6 ? 16 : 4)]);
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static string Hex(params ReadOnlySpan<ulong> words) => Convert.ToHexStringLower(MemoryMarshal.AsBytes(words));
}

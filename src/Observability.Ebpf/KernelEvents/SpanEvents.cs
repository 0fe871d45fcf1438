using System.Diagnostics;
using System.Globalization;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.KernelEvents;

/// <summary>A kernel event as an event on its span. Null for kinds that are no news.</summary>
internal static class SpanEvents
{
    private const int ConnectionRefused = 111;
    private static readonly string[] Attributions = ["none", "last", "exact", "thread"];

    public static ActivityEvent? Of(in KernelEvent kernel, DateTimeOffset time, Throttling throttling)
    {
        var tags = new ActivityTagsCollection { ["attribution"] = kernel.Attribution < Attributions.Length ? Attributions[kernel.Attribution] : "none" };
        if (kernel.Cookie != 0) tags[ConnectionAttributes.Cookie] = kernel.Cookie.ToString(CultureInfo.InvariantCulture);
        var name = Describe(kernel, tags);
        if (kernel.Kind == KernelEventKind.RunQueue && throttling.Read() is { } throttled)
        {
            tags["cpu.throttled.periods"] = throttled.Periods;
            tags["cpu.throttled.duration"] = throttled.Seconds;
        }
        return name is null ? null : new ActivityEvent(name, time, tags);
    }

    private static string? Describe(in KernelEvent kernel, ActivityTagsCollection tags)
    {
        switch (kernel.Kind)
        {
            case KernelEventKind.Retransmit:
                tags["tcp.retransmit.bytes"] = (long)kernel.Bytes;
                return "tcp.retransmit";
            case KernelEventKind.Connect:
                tags["tcp.connect.duration"] = kernel.Value / 1e9;
                if (kernel.Error != 0) tags["error.code"] = kernel.Error;
                return kernel.Error == ConnectionRefused ? "tcp.refused" : "tcp.connect";
            case KernelEventKind.RoundTrip:
                tags["tcp.rtt"] = kernel.Value / 1e6;
                return "tcp.rtt";
            case KernelEventKind.ResetReceived or KernelEventKind.ResetSent:
                tags["network.io.direction"] = kernel.Kind == KernelEventKind.ResetSent ? "transmit" : "receive";
                return "tcp.reset";
            case KernelEventKind.Drop:
                tags["tcp.drop.reason_code"] = (long)kernel.Value;
                return "tcp.drop";
            case KernelEventKind.SocketError:
                tags["error.code"] = kernel.Error;
                return "tcp.error";
            case KernelEventKind.RunQueue:
                tags["thread.runqueue_delay.duration"] = kernel.Value / 1e9;
                return "thread.runqueue_delay";
            default:
                return null;
        }
    }
}

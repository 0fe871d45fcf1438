namespace Observability.Ebpf;

/// <summary>
/// What is correlated with the kernel. From code, or from the configuration section <c>Observability:Ebpf</c>, which environment variables reach as
/// <c>Observability__Ebpf__TcpInfo</c> and so on; code wins.
/// </summary>
public sealed class EbpfOptions
{
    /// <summary>The configuration section that the options are read from.</summary>
    public const string SectionName = "Observability:Ebpf";

    /// <summary>Whether anything is done at all. Default true. Environment: <c>Observability__Ebpf__Enabled</c>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether spans of <c>HttpClient</c> carry their connection, however the client was made. Default true. Environment: <c>Observability__Ebpf__Clients</c>.</summary>
    public bool Clients { get; set; } = true;

    /// <summary>Whether spans of requests to Kestrel carry their connection. Default true. Environment: <c>Observability__Ebpf__Servers</c>.</summary>
    public bool Servers { get; set; } = true;

    /// <summary>
    /// Whether spans of Npgsql, and of libraries that write both ends of their connection on their spans (RabbitMQ's client), carry its cookie. Default true;
    /// takes effect only with <see cref="Clients"/>. Environment: <c>Observability__Ebpf__Libraries</c>.
    /// </summary>
    public bool Libraries { get; set; } = true;

    /// <summary>
    /// Whether spans also carry what the kernel counted on their connection meanwhile, for machines without an agent: <c>tcp.retransmits</c> (segments) and
    /// <c>tcp.rtt</c> (seconds, smoothed). Costs two system calls a span. Default false. Environment: <c>Observability__Ebpf__TcpInfo</c>.
    /// </summary>
    public bool TcpInfo { get; set; }

    /// <summary>
    /// The folder in which the node's agent has pinned this tenant's maps. Default <c>/sys/fs/bpf/observability/v1/host</c>; in a container, where the pod's own folder is
    /// mounted. Nothing there means no agent: spans are tagged all the same. Environment: <c>Observability__Ebpf__Maps</c>.
    /// </summary>
    public string Maps { get; set; } = "/sys/fs/bpf/observability/v1/host";

    /// <summary>
    /// Whether kernel events about a span that still lives become events of the span, as soon as an agent is there. One process of a tenant gets them. Default true.
    /// Environment: <c>Observability__Ebpf__KernelEvents</c>.
    /// </summary>
    public bool KernelEvents { get; set; } = true;

    /// <summary>
    /// Whether each thread's current span is published, too: needed for waits for a processor, and for the sockets of libraries that show none. Costs some tens of nanoseconds
    /// whenever a thread takes another flow of execution. Default false. Environment: <c>Observability__Ebpf__Threads</c>.
    /// </summary>
    public bool Threads { get; set; }
}

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
}

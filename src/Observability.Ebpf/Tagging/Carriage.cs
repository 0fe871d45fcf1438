using System.Diagnostics;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Native;

namespace Observability.Ebpf.Tagging;

/// <summary>A span on its connection, and what the kernel counted on the connection when the span got it.</summary>
internal sealed class Carriage
{
    public const string Retransmits = "tcp.retransmits";
    public const string RoundTrip = "tcp.rtt";

    private readonly uint? _retransmitsBefore;

    public Carriage(TcpConnection connection, bool readsTcpInfo)
    {
        Connection = connection;
        if (readsTcpInfo) _retransmitsBefore = KernelSocket.Info(connection.Descriptor, connection.Cookie)?.TotalRetransmits;
    }

    public TcpConnection Connection { get; }

    /// <summary>Nothing is written when the connection is gone: its last count is not known, and 0 would be a lie.</summary>
    public void Complete(Activity span)
    {
        if (_retransmitsBefore is not { } before || KernelSocket.Info(Connection.Descriptor, Connection.Cookie) is not { } after) return;
        span.SetTag(Retransmits, (long)(after.TotalRetransmits - before));
        span.SetTag(RoundTrip, after.SmoothedRoundTrip / 1e6);
    }
}

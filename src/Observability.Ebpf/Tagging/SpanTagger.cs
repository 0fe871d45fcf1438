using System.Diagnostics;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.Tagging;

/// <summary>Writes a connection on the span that it carries, and at the span's end what could not be known or would have been doubled before.</summary>
internal sealed class SpanTagger(bool readsTcpInfo, Publisher publisher)
{
    private const string Carrier = "observability.ebpf.connection";

    public void Client(Activity span, TcpConnection connection)
    {
        ConnectionAttributes.Write(span, connection);
        publisher.Publish(connection, span);
        if (readsTcpInfo) Remember(span, connection);
    }

    public void Server(Activity span, TcpConnection connection)
    {
        ConnectionAttributes.WriteOwnEnd(span, connection);
        publisher.Publish(connection, span);
        // Observability.AspNetCore adds the peer in its own turn, which may come after ours: an attribute added twice would be sent twice.
        if (readsTcpInfo || span.GetTagItem(ConnectionAttributes.PeerAddress) is null) Remember(span, connection);
    }

    public static void Complete(Activity span)
    {
        if (span.GetCustomProperty(Carrier) is not Carriage carriage) return;
        ConnectionAttributes.CompletePeer(span, carriage.Connection);
        carriage.Complete(span);
        span.SetCustomProperty(Carrier, null);
    }

    private void Remember(Activity span, TcpConnection connection) => span.SetCustomProperty(Carrier, new Carriage(connection, readsTcpInfo));
}

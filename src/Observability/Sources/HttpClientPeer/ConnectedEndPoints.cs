using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Observability.Sources.HttpClientPeer;

/// <summary>
/// Where this process has connected to, as .NET's own event source for sockets tells when a connection begins. One short event
/// a connection, none a request; nothing is asked of the kernel. It is listened to once the process sends its first request, which is before the first connection that
/// anyone asks about; a server's own sockets are of no interest. Where event sources are trimmed away it stays empty.
/// </summary>
internal sealed class ConnectedEndPoints : EventListener
{
    private const string Sockets = "System.Net.Sockets";
    private const string Clients = "System.Net.Http";
    private const string Started = "ConnectStart";

    /// <summary>A crawler connects to more than anyone asks about; what is beyond is not kept.</summary>
    private const int Most = 4_096;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(IPAddress Address, int Port), bool> _known = new();

    private EventSource? _sockets;
    private bool _hasClients;

    public bool Contains(IPAddress address, int port) => _known.ContainsKey((Normal(address), port));

    /// <summary>An IPv4 address as such, and without the scope that a link-local one carries on one side only.</summary>
    public static IPAddress Normal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;
    }

    /// <summary>Reads the text form of a <see cref="SocketAddress"/>: family, size, and the bytes after the family; null when it is another.</summary>
    public static (IPAddress Address, int Port)? Parse(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith('}')) return null;
        var length = text.StartsWith("InterNetworkV6:", StringComparison.Ordinal) ? 16 : text.StartsWith("InterNetwork:", StringComparison.Ordinal) ? 4 : 0;
        // After the port come the address, or for IPv6 four bytes of flow information first.
        var from = length == 16 ? 6 : 2;
        var parts = text[(open + 1)..^1].Split(',');
        if (length == 0 || parts.Length < from + length) return null;
        var bytes = new byte[from + length];
        for (var i = 0; i < bytes.Length; i++)
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i])) return null;
        return (Normal(new IPAddress(bytes.AsSpan(from, length))), (bytes[0] << 8) | bytes[1]);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // Either may come first, and both may have been there before.
        if (eventSource.Name is not (Sockets or Clients)) return;
        EventSource? sockets;
        lock (_lock)
        {
            if (eventSource.Name == Sockets) _sockets = eventSource;
            else _hasClients = true;
            sockets = _hasClients ? _sockets : null;
        }
        // Takes a lock of the runtime's, under which this method may be called.
        if (sockets is not null) EnableEvents(sockets, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != Started || eventData.Payload is not [string text, ..]) return;
        if (_known.Count < Most && Parse(text) is { } endPoint) _known.TryAdd(endPoint, true);
    }
}

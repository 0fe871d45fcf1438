using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Observability.Sources.HttpClientPeer;

/// <summary>
/// Writes <c>network.peer.address</c> and <c>network.peer.port</c> on HttpClient's spans. HttpClient itself puts them on no span, but its instrument
/// <c>http.client.open_connections</c> is recorded, on the request's own flow of execution, at the moment when a connection becomes active for it,
/// with the peer's address among its tags. Nothing is allocated for a request but the two attributes.
/// </summary>
internal sealed class HttpClientPeers : IDisposable
{
    public const string Source = "System.Net.Http";

    private const string Instrument = "http.client.open_connections";
    private readonly MeterListener _listener = new();
    private readonly ConnectedEndPoints _connected = new();
    private readonly PeerBook _book;

    public HttpClientPeers()
    {
        _book = new PeerBook(_connected.Contains);
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == Instrument && instrument.Meter.Name == Source) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Recorded);
        _listener.Start();
    }

    /// <summary>
    /// For a request that shared a connection (HTTP/2 and 3), of whose use the instrument does not tell: its peer, when only one can have been it.
    /// </summary>
    public void Complete(Activity activity)
    {
        if (activity.Source.Name != Source || activity.GetTagItem("network.protocol.version") is not ("2" or "3") || activity.GetTagItem(PeerAttributes.Address) is not null) return;
        if (activity.GetTagItem("server.address") is not string server || activity.GetTagItem("server.port") is not int port) return;
        if (_book.OnlyOpen(server, port, (string)activity.GetTagItem("network.protocol.version")!) is { } peer) PeerAttributes.Write(activity, peer);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _connected.Dispose();
    }

    private void Recorded(Instrument instrument, long change, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (!TryRead(tags, out var key, out var active)) return;
        // A connection of HTTP/1 becomes active for each request, so who has open ones is of no interest; its other recordings are let pass.
        var shared = key.Protocol is "2" or "3";
        if (!shared && !(active && change > 0)) return;
        var peer = _book.Find(key);
        if (change > 0 && peer?.Port is null) peer = _book.Opened(key);
        if (peer is null) return;
        if (shared) peer.Count(change);
        if (active && change > 0 && Activity.Current is { IsAllDataRequested: true } activity && activity.Source.Name == Source) PeerAttributes.Write(activity, peer);
    }

    private static bool TryRead(ReadOnlySpan<KeyValuePair<string, object?>> tags, out PeerKey key, out bool active)
    {
        string? server = null, address = null, scheme = null, protocol = null;
        var port = 0;
        active = false;
        foreach (ref readonly var tag in tags)
        {
            switch (tag.Key)
            {
                case "server.address": server = tag.Value as string; break;
                case "server.port": port = tag.Value is int number ? number : 0; break;
                case "url.scheme": scheme = tag.Value as string; break;
                case "network.protocol.version": protocol = tag.Value as string; break;
                case PeerAttributes.Address: address = tag.Value as string; break;
                case "http.connection.state": active = tag.Value is "active"; break;
            }
        }
        key = new PeerKey(server ?? "", port, address ?? "", scheme, protocol);
        return server is not null && address is not null;
    }
}

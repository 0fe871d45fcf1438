using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Observability.Export.Zipkin;

/// <summary>
/// Who was called, for spans that call (client, producer): the first attribute of the specification's ranking that the span has. Zipkin draws its dependency graph
/// from it.
/// </summary>
internal static class RemoteEndpoint
{
    /// <summary>Name or address, and its port, best first. The last is today's name of the one before it.</summary>
    private static readonly (string Host, string? Port)[] Ranking =
    [
        ("peer.service", null),
        ("server.address", "server.port"),
        ("net.peer.name", "net.peer.port"),
        ("network.peer.address", "network.peer.port"),
        ("server.socket.domain", null),
        ("server.socket.address", "server.socket.port"),
        ("net.sock.peer.name", null),
        ("net.sock.peer.addr", "net.sock.peer.port"),
        ("peer.hostname", null),
        ("peer.address", null),
        ("db.name", null),
        ("db.namespace", null),
    ];

    public static void Write(Utf8JsonWriter json, Activity activity)
    {
        if (activity.Kind is not (ActivityKind.Client or ActivityKind.Producer)) return;
        var best = Ranking.Length;
        string? host = null;
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
        {
            var rank = RankOf(tag.Key, best);
            if (rank < best && tag.Value is string { Length: > 0 } text) (best, host) = (rank, text);
        }
        if (host is null) return;
        json.WriteStartObject("remoteEndpoint"u8);
        json.WriteString("serviceName"u8, host);
        // TryParse takes "5" and "1.2" for addresses too; a name stays a name.
        if (IPAddress.TryParse(host, out var address) && (host.Contains(':', StringComparison.Ordinal) || address.ToString() == host))
            json.WriteString(address.AddressFamily == AddressFamily.InterNetwork ? "ipv4"u8 : "ipv6"u8, address.ToString());
        if (Ranking[best].Port is { } port && Port(activity.GetTagItem(port)) is { } number) json.WriteNumber("port"u8, number);
        json.WriteEndObject();
    }

    private static int RankOf(string name, int below)
    {
        for (var rank = 0; rank < below; rank++)
            if (Ranking[rank].Host == name) return rank;
        return below;
    }

    private static int? Port(object? value) => value switch
    {
        int number and > 0 and <= ushort.MaxValue => number,
        long number and > 0 and <= ushort.MaxValue => (int)number,
        string text when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        _ => null,
    };
}

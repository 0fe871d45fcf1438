using System.Globalization;

namespace PipelineApp.Sink;

internal sealed class Received
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Spans, long Records, long Bytes)> _servers = [];

    public void Add(string server, string signal, ReadOnlySpan<byte> request)
    {
        // Resource, scope, item: alike in all three requests' messages.
        var items = OtlpItems.Count(request);
        lock (_gate)
        {
            var so = _servers.GetValueOrDefault(server);
            _servers[server] = (so.Spans + (signal == "traces" ? items : 0), so.Records + (signal == "logs" ? items : 0), so.Bytes + request.Length);
        }
    }

    public string Of(string server)
    {
        lock (_gate)
        {
            var (spans, records, bytes) = _servers.GetValueOrDefault(server);
            return string.Create(CultureInfo.InvariantCulture, $"{spans} {records} {bytes}");
        }
    }
}

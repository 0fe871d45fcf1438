using System.Diagnostics;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.HttpClients;
using Observability.Ebpf.Kestrel;
using Observability.Ebpf.Libraries;
using OpenTelemetry;

namespace Observability.Ebpf.Tagging;

/// <summary>Keeps what listens for as long as the tracer provider lives, and completes spans at their end.</summary>
internal sealed class CorrelationProcessor : BaseProcessor<Activity>
{
    private readonly List<IDisposable> _parts = [];
    private readonly ClientConnections _clients;
    private readonly NpgsqlSpans _npgsql;
    private readonly AddressedSpans? _addressed;

    private CorrelationProcessor(EbpfOptions options)
    {
        var counts = new EbpfCounts();
        _parts.Add(new EbpfMeter(counts));
        var tagger = new SpanTagger(options.TcpInfo);
        var flows = new RequestFlows();
        _parts.Add(flows);
        _clients = new ClientConnections(counts, flows, tagger.Client);
        _npgsql = new NpgsqlSpans(_clients);
        if (options.Libraries) _addressed = new AddressedSpans();
        if (options.Clients) _parts.Add(new RuntimeEvents(_clients, _addressed));
        if (!options.Servers) return;
        var servers = new ServerSpans(new Connections.SocketTable(), tagger.Server);
        servers.Subscribe();
        _parts.Add(servers);
    }

    /// <summary>Null where there is nothing to do; where that is the system's doing, it is said.</summary>
    public static CorrelationProcessor? Create(EbpfOptions options, bool isLinux)
    {
        if (!options.Enabled) return null;
        if (isLinux) return new CorrelationProcessor(options);
        EbpfEventSource.Log.NotLinux(Environment.OSVersion.Platform.ToString());
        return null;
    }

    public override void OnEnd(Activity data)
    {
        try
        {
            SpanTagger.Complete(data);
            if (data.OperationName == ClientConnections.Request) _clients.Complete(data);
            else if (_addressed is null) return;
            else if (data.Source.Name == NpgsqlSpans.Source) _npgsql.Complete(data);
            else if (data.Kind is ActivityKind.Client or ActivityKind.Producer or ActivityKind.Consumer) _addressed.Complete(data);
        }
        catch (Exception failure)
        {
            EbpfEventSource.Log.Contained("completing a span", failure.GetType().FullName ?? "");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var part in _parts) part.Dispose();
            _parts.Clear();
        }
        base.Dispose(disposing);
    }
}

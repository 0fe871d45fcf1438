using System.Diagnostics;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.HttpClients;
using Observability.Ebpf.Kestrel;
using Observability.Ebpf.KernelEvents;
using Observability.Ebpf.Libraries;
using Observability.Ebpf.Slots;
using Observability.Ebpf.Threads;
using OpenTelemetry;

namespace Observability.Ebpf.Tagging;

/// <summary>Keeps what listens for as long as the tracer provider lives, and completes spans at their end.</summary>
internal sealed class CorrelationProcessor : BaseProcessor<Activity>
{
    private readonly List<IDisposable> _parts = [];
    private readonly Publisher _publisher;
    private readonly ClientConnections _clients;
    private readonly NpgsqlSpans _npgsql;
    private readonly AddressedSpans? _addressed;

    private CorrelationProcessor(EbpfOptions options, Publisher publisher, EbpfCounts counts, TimeProvider time)
    {
        _publisher = publisher;
        _parts.Add(new EbpfMeter(counts));
        var tagger = new SpanTagger(options.TcpInfo, publisher);
        var flows = new RequestFlows();
        _parts.Add(flows);
        _clients = new ClientConnections(counts, flows, publisher, tagger.Client);
        _npgsql = new NpgsqlSpans(_clients);
        if (options.Libraries) _addressed = new AddressedSpans();
        if (options.Clients) _parts.Add(new RuntimeEvents(_clients, _addressed));
        if (options.Threads) _parts.Add(new ThreadSpans(publisher));
        if (options.KernelEvents) _parts.Add(new KernelEventReader(publisher, time, counts));
        if (!options.Servers) return;
        var servers = new ServerSpans(new Connections.SocketTable(), tagger.Server);
        servers.Subscribe();
        _parts.Add(servers);
    }

    /// <summary>Null where there is nothing to do; where that is the system's doing, it is said.</summary>
    public static CorrelationProcessor? Create(EbpfOptions options, Publisher publisher, EbpfCounts counts, TimeProvider time, bool isLinux)
    {
        if (!options.Enabled) return null;
        if (isLinux) return new CorrelationProcessor(options, publisher, counts, time);
        EbpfEventSource.Log.NotLinux(Environment.OSVersion.Platform.ToString());
        return null;
    }

    public override void OnEnd(Activity data)
    {
        try
        {
            _publisher.Live.Remove(data);
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

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
    /// <summary>Whose event sources have the numbers that are known here.</summary>
    private const int KnownRuntime = 10;

    private readonly List<IDisposable> _parts = [];
    private readonly Publisher _publisher;
    private readonly ConnectionOpenings _openings;
    private readonly ClientConnections _clients;
    private readonly NpgsqlSpans? _npgsql;
    private readonly AddressedSpans? _addressed;

    private CorrelationProcessor(EbpfOptions options, Publisher publisher, EbpfCounts counts, TimeProvider time)
    {
        _publisher = publisher;
        _parts.Add(new EbpfMeter(counts));
        var tagger = new SpanTagger(options.TcpInfo, publisher);
        _openings = new ConnectionOpenings(time);
        _clients = new ClientConnections(counts, _openings, publisher, tagger.Client);
        if (options.Clients) _parts.Add(new RuntimeEvents(_clients, _openings, picks: Environment.Version.Major == KnownRuntime));
        _parts.Add(_openings);
        if (options is { Clients: true, Libraries: true }) (_npgsql, _addressed) = (new NpgsqlSpans(_clients, _openings), new AddressedSpans(time));
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

    public override void OnStart(Activity data)
    {
        if (_npgsql is not null && data.Source.Name == NpgsqlSpans.Source) _npgsql.Begin(data);
    }

    public override void OnEnd(Activity data)
    {
        try
        {
            _publisher.Live.Remove(data);
            SpanTagger.Complete(data);
            _openings.GiveUp();
            if (data.OperationName == ClientConnections.Request) _clients.Complete(data);
            else if (_addressed is null || _npgsql is null) return;
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

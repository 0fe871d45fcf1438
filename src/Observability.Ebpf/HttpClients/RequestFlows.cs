using System.Diagnostics;

namespace Observability.Ebpf.HttpClients;

/// <summary>
/// The identity of a request for everything that happens on its flow of execution. A request's span is that identity already, unless somebody listens to
/// .NET's experimental source of connections: HttpClient then takes the current span away while it opens one, whether or not the listener wants it.
/// </summary>
internal sealed class RequestFlows : IDisposable
{
    private const string Connections = "Experimental.System.Net.Http.Connections";

    private readonly AsyncLocal<object?> _flow = new();
    private readonly ActivityListener _watch;
    private ActivitySource? _source;

    public RequestFlows()
    {
        // Looks at the source without listening to it.
        _watch = new ActivityListener
        {
            ShouldListenTo = source =>
            {
                if (source.Name == Connections) Volatile.Write(ref _source, source);
                return false;
            },
        };
        ActivitySource.AddActivityListener(_watch);
    }

    public object? Current => _flow.Value;

    /// <summary>Called on the request's flow before anything else. Costs an allocation, and only where spans do not suffice.</summary>
    public void Begin()
    {
        // The source is made with the process's first connection: before that nobody knows whether there will be listeners.
        if (Volatile.Read(ref _source) is not { } source || source.HasListeners()) _flow.Value = new object();
    }

    public void Dispose() => _watch.Dispose();
}

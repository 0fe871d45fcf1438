using System.Net;

namespace Observability.Prometheus;

/// <summary>The listener could not start: most often another program has the port.</summary>
public sealed class PrometheusListenerException : IOException
{
    /// <summary>Creates the exception.</summary>
    public PrometheusListenerException(EndPoint endpoint, Exception innerException)
        : base($"OBS4001: The Prometheus listener cannot listen on {endpoint}: {innerException?.Message} Free the port or set Observability:Prometheus:Listener:Port.", innerException)
    {
        EndPoint = endpoint;
    }

    /// <summary>Where it tried to listen.</summary>
    public EndPoint EndPoint { get; }
}

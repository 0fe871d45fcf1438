namespace Observability.Sampling;

/// <summary>What samplers need from outside: the clock, the environment, and a way into the request that is being served.</summary>
public sealed class SamplingSurroundings
{
    /// <summary>The clock of limits, tokens and polls. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable or configuration key: the secret, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_TRACES_SAMPLER</c>. Default: knows none.</summary>
    public Func<string, string?> ReadEnvironment { get; init; } = static _ => null;

    /// <summary>
    /// Reads a header of the request that is being served on this thread, null when there is none. In ASP.NET Core
    /// the request is there before its span is sampled. Default: none; user agents, forced headers and baggage are
    /// then known from start attributes alone.
    /// </summary>
    public Func<string, string?>? ReadRequestHeader { get; init; }

    /// <summary>
    /// Reads <c>url.path</c>, <c>http.request.method</c> or <c>server.address</c> of the request that is being served on this thread, null when there is
    /// none. Asked for server spans whose start attributes do not tell. Default: none; rules then know what start attributes tell.
    /// </summary>
    public Func<string, string?>? ReadRequestAttribute { get; init; }

    /// <summary>Makes the transport of polls to a remote strategy server. Default: a plain <see cref="SocketsHttpHandler"/>.</summary>
    public Func<HttpMessageHandler> CreateHttpHandler
    {
        // Made when it is asked for: the type alone would load System.Net.Http in a process that polls nobody.
        get => field ?? (static () => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) });
        init;
    }
}

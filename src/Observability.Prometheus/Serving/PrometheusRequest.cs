namespace Observability.Prometheus;

/// <summary>What a scrape asks for, whatever it came over.</summary>
public readonly record struct PrometheusRequest
{
    /// <summary>Creates a GET without headers.</summary>
    public PrometheusRequest()
    {
    }

    /// <summary>The HTTP method. Default: GET.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The header <c>Accept</c>. Default: none, which means text 0.0.4.</summary>
    public string? Accept { get; init; }

    /// <summary>The header <c>Accept-Encoding</c>. Default: none, which means no compression.</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>The header <c>X-Prometheus-Scrape-Timeout-Seconds</c>. Default: none.</summary>
    public string? ScrapeTimeoutSeconds { get; init; }

    /// <summary>The values of the query's <c>name[]</c>: metric or sample names to answer with. Default: none, which means all.</summary>
    public IReadOnlyList<string>? Names { get; init; }
}

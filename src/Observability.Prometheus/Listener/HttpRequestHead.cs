namespace Observability.Prometheus.Listener;

/// <summary>What the listener needs of a request's line and headers.</summary>
internal sealed class HttpRequestHead
{
    public string Method { get; set; } = "";
    public string Path { get; set; } = "";
    public List<string> Names { get; } = [];
    public string? Accept { get; set; }
    public string? AcceptEncoding { get; set; }
    public string? ScrapeTimeout { get; set; }
    public string? Authorization { get; set; }
    public bool KeepsAlive { get; set; }
}

using System.Net;
using System.Text;

namespace Observability.Ebpf.Agent.Export;

/// <summary>Answers <c>GET /metrics</c> and <c>/healthz</c>. One request after another: the scraper is one.</summary>
internal sealed class MetricsServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly EventMetrics _metrics;

    /// <exception cref="HttpListenerException">The port is taken.</exception>
    public MetricsServer(string host, int port, EventMetrics metrics)
    {
        _metrics = metrics;
        _listener.Prefixes.Add($"http://{host}:{port}/");
        _listener.Start();
        _ = Serve();
    }

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                await Answer(await _listener.GetContextAsync().ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Closed, or the scraper hung up.
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        switch (context.Request.Url?.AbsolutePath)
        {
            case "/metrics":
                var accepts = context.Request.Headers["Accept"]?.Contains("application/openmetrics-text", StringComparison.Ordinal) == true;
                var body = Encoding.UTF8.GetBytes(_metrics.Write(accepts, out var contentType));
                response.ContentType = contentType;
                await response.OutputStream.WriteAsync(body).ConfigureAwait(false);
                break;
            case "/healthz":
                response.StatusCode = 200;
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }
}

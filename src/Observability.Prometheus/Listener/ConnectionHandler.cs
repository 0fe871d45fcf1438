using System.Net.Sockets;

namespace Observability.Prometheus.Listener;

/// <summary>Serves one connection: request after request, each within its time.</summary>
internal sealed class ConnectionHandler(PrometheusResponder responder, PrometheusListenerOptions options, ListenerTls? tls)
{
    private readonly BasicCredentials _credentials = new(options.Username, options.Password);

    public async Task Serve(Socket socket, CancellationToken stopping)
    {
        socket.NoDelay = true;
        await using var network = new NetworkStream(socket, ownsSocket: false);
        if (tls is null)
        {
            await Serve(network, stopping).ConfigureAwait(false);
            return;
        }
        await using var secure = await tls.Secure(network).ConfigureAwait(false);
        await Serve(secure, stopping).ConfigureAwait(false);
    }

    private async Task Serve(Stream stream, CancellationToken stopping)
    {
        var reader = new RequestReader(stream, options);
        while (true)
        {
            var (length, status) = await reader.Read(stopping).ConfigureAwait(false);
            if (length == 0 && status == 0) return;
            var request = new HttpRequestHead();
            if (status == 0) status = HttpRequestParser.Parse(reader.Head(length), out request);
            // After a request that was not understood, nothing says where the next one begins.
            var keepsAlive = status == 0 && request.KeepsAlive && !stopping.IsCancellationRequested;
            if (status == 0 && request.Path != options.Path) status = 404;
            if (status == 0 && !_credentials.Accepts(request.Authorization)) status = 401;
            using var patience = new CancellationTokenSource();
            if (status != 0)
            {
                patience.CancelAfter(options.WriteTimeout);
                await stream.WriteAsync(HttpResponseHead.Refusal(status, keepsAlive, request.Method == "HEAD"), patience.Token).ConfigureAwait(false);
            }
            else await Answer(stream, request, keepsAlive, patience).ConfigureAwait(false);
            if (!keepsAlive) return;
            reader.Advance(length);
        }
    }

    private async Task Answer(Stream stream, HttpRequestHead head, bool keepsAlive, CancellationTokenSource patience)
    {
        var request = new PrometheusRequest
        {
            Method = head.Method,
            Accept = head.Accept,
            AcceptEncoding = head.AcceptEncoding,
            ScrapeTimeoutSeconds = head.ScrapeTimeout,
            Names = head.Names,
        };
        using var response = await responder.RespondAsync(request, CancellationToken.None).ConfigureAwait(false);
        patience.CancelAfter(options.WriteTimeout);
        await stream.WriteAsync(HttpResponseHead.Of(response, keepsAlive), patience.Token).ConfigureAwait(false);
        await response.WriteToAsync(stream, patience.Token).ConfigureAwait(false);
        await stream.FlushAsync(patience.Token).ConfigureAwait(false);
    }
}

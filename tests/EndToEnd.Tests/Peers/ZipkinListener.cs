using TestPeers;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace EndToEnd.Tests.Peers;

/// <summary>Takes what is posted to Zipkin's v2 API: https://zipkin.io/zipkin-api/#/default/post_spans.</summary>
internal sealed class ZipkinListener : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public ZipkinListener()
    {
        Endpoint = new Uri($"http://127.0.0.1:{FreePort.Next()}/api/v2/spans");
        _listener.Prefixes.Add(Endpoint.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = Serve();
    }

    public Uri Endpoint { get; }

    public ConcurrentQueue<JsonElement> Spans { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
                foreach (var span in body.RootElement.EnumerateArray()) Spans.Enqueue(span.Clone());
                context.Response.StatusCode = context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true && context.Request.Url!.AbsolutePath == Endpoint.AbsolutePath ? 202 : 400;
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}

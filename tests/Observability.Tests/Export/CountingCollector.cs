using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Net;
using System.Text;
using TestPeers;

namespace Observability.Tests.Export;

/// <summary>Answers every OTLP request over HTTP with success, counts them by their path and keeps what they carry.</summary>
internal sealed class CountingCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly Task _serving;

    public CountingCollector()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = Serve();
    }

    public Uri Address { get; }

    /// <summary>All that came, its texts as they are and its numbers as rubbish.</summary>
    public string Text => string.Concat(_bodies);

    /// <summary>Of the last request.</summary>
    public NameValueCollection LastHeaders { get; private set; } = [];

    public int Requests(string path) => _requests.GetValueOrDefault(path);

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _bodies.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
                LastHeaders = context.Request.Headers;
                _requests.AddOrUpdate(context.Request.Url!.AbsolutePath, 1, static (_, count) => count + 1);
                context.Response.Close();
            }
        }
        catch (Exception) when (!_listener.IsListening)
        {
            // Closed.
        }
    }
}

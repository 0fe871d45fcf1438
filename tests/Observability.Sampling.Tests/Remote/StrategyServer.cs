using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Observability.Sampling.Tests;

/// <summary>A strategy server over real HTTP whose answer can be changed.</summary>
internal sealed class StrategyServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public StrategyServer(string answer)
    {
        Answer = answer;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = Task.Run(Serve);
    }

    public string Address { get; }
    public string Answer { get; set; }
    public int Status { get; set; } = 200;
    public bool Silent { get; set; }
    public ConcurrentQueue<string> Asked { get; } = new();
    public ConcurrentQueue<string?> TraceParents { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext request;
            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            Asked.Enqueue(request.Request.RawUrl!);
            TraceParents.Enqueue(request.Request.Headers["traceparent"]);
            if (Silent) continue;
            request.Response.StatusCode = Status;
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer));
            request.Response.Close();
        }
    }
}

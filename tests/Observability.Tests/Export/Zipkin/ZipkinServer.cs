using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Observability.Tests.Export.Zipkin;

/// <summary>A web server that takes spans as Zipkin does and keeps what it was sent.</summary>
internal sealed class ZipkinServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ZipkinServer(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Bodies { get; } = new();
    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.Accepted;
    public bool Silent { get; set; }
    public Uri Endpoint => new(_app.Urls.First() + "/api/v2/spans");

    public static async Task<ZipkinServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var server = new ZipkinServer(app);
        app.MapPost("/api/v2/spans", server.Take);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        if (Silent) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var reader = new StreamReader(context.Request.Body);
        Bodies.Enqueue(await reader.ReadToEndAsync());
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary())); // Kestrel reuses its own.
        context.Response.StatusCode = (int)Answer;
    }
}

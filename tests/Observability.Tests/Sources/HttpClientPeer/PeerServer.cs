using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Observability.Tests.Sources.HttpClientPeer;

/// <summary>A web server that tells each caller the address and port at which it was reached.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeerServer(WebApplication app) => _app = app;

    /// <summary>Held requests wait here, so that several are under way at once.</summary>
    public SemaphoreSlim? Gate { get; set; }

    public ConcurrentBag<string> Connections { get; } = [];
    public Uri Address => new(_app.Urls.First());

    public static async Task<PeerServer> Start(IPAddress address, HttpProtocols protocols = HttpProtocols.Http1, bool tls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0, listen =>
        {
            listen.Protocols = protocols;
            if (tls) listen.UseHttps(Certificate());
        }));
        var app = builder.Build();
        var server = new PeerServer(app);
        app.Run(async context =>
        {
            server.Connections.Add(context.Connection.Id);
            if (server.Gate is { } gate) await gate.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync($"{context.Connection.LocalIpAddress} {context.Connection.LocalPort}");
        });
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

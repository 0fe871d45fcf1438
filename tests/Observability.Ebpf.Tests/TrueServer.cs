using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Observability.Ebpf.Tests;

/// <summary>Kestrel in this process, which remembers for each caller's span from which port it came: the truth that spans are compared with.</summary>
internal sealed class TrueServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TrueServer(WebApplication app) => _app = app;

    /// <summary>The caller's port, by the span that called (as its traceparent says).</summary>
    public ConcurrentDictionary<string, int> PortOf { get; } = new();

    public Uri Http1 { get; private set; } = null!;
    public Uri Http2 { get; private set; } = null!;
    public Uri Tls { get; private set; } = null!;

    public static async Task<TrueServer> Start(Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(Certificate());
            });
        });
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        var server = new TrueServer(app);
        app.MapGet("/", server.Answer);
        await app.StartAsync();
        var addresses = app.Urls.Select(url => new Uri(url)).ToList();
        (server.Http1, server.Http2, server.Tls) = (addresses[0], addresses[1], addresses[2]);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private string Answer(HttpContext context)
    {
        if (context.Request.Headers.TraceParent is [{ } parent]) PortOf[parent.Split('-')[2]] = context.Connection.RemotePort;
        return $"{context.Connection.RemotePort}";
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

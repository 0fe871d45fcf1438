using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace OtlpReceiver;

/// <summary>
/// Kestrel taken out of a host that is never started: the hosting layer would make a server span of every export, which
/// the process under test would export, for ever.
/// </summary>
internal sealed class OtlpServer(ReceiverOptions options, ExportEndpoint endpoint) : IAsyncDisposable
{
    private WebApplication? _unstarted;

    /// <summary>Starts both listeners and returns their ports.</summary>
    public async Task<(int Grpc, int Http)> Start()
    {
        ListenOptions? grpc = null, http = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.GrpcPort, listen => grpc = Configure(listen, HttpProtocols.Http2));
            kestrel.Listen(IPAddress.Loopback, options.HttpPort, listen => http = Configure(listen, HttpProtocols.Http1));
        });
        _unstarted = builder.Build();
        await _unstarted.Services.GetRequiredService<IServer>().StartAsync(endpoint, CancellationToken.None);
        return (grpc!.IPEndPoint!.Port, http!.IPEndPoint!.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_unstarted is null) return;
        // Already cancelled: connections that senders keep open are cut, not waited for.
        await _unstarted.Services.GetRequiredService<IServer>().StopAsync(new CancellationToken(canceled: true));
        await _unstarted.DisposeAsync();
    }

    private ListenOptions Configure(ListenOptions listen, HttpProtocols protocols)
    {
        listen.Protocols = protocols;
        if (options.ServerCertificate is null) return listen;
        return listen.UseHttps(https =>
        {
            https.ServerCertificate = options.ServerCertificate;
            if (options.ClientAuthority is null) return;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => IsIssuedBy(options.ClientAuthority, certificate);
        });
    }

    private static bool IsIssuedBy(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Observability.Prometheus.Listener;

/// <summary>The server's side of TLS. By itself, so that a listener without a certificate does not load .NET's TLS.</summary>
internal sealed class ListenerTls(X509Certificate2 certificate, TimeSpan patience)
{
    private readonly SslServerAuthenticationOptions _options = new() { ServerCertificate = certificate };

    /// <summary>Agrees with the client within the time that a request has.</summary>
    public async Task<Stream> Secure(Stream network)
    {
        var secure = new SslStream(network, leaveInnerStreamOpen: true);
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await secure.AuthenticateAsServerAsync(_options, limit.Token).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

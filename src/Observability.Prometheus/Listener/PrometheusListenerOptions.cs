using System.Security.Cryptography.X509Certificates;

namespace Observability.Prometheus;

/// <summary>Where and how <see cref="PrometheusListener"/> listens.</summary>
public sealed class PrometheusListenerOptions
{
    /// <summary>The address: <c>localhost</c> (both loopback addresses), <c>*</c> (any address) or an IP address. Default: <c>localhost</c>.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>The TCP port. Default: 9464; range 0 (any free port) to 65535.</summary>
    public int Port { get; set; } = 9464;

    /// <summary>The path that answers. Default: <c>/metrics</c>.</summary>
    public string Path { get; set; } = "/metrics";

    /// <summary>A PEM file with the server's certificate; set, it turns TLS on. Default: none, or the certificate of <see cref="UseCertificate"/>.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM file with the certificate's private key. Default: the key is in <see cref="CertificatePath"/>.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>The user that scrapes must name; set, it turns basic authentication on. Default: none.</summary>
    public string? Username { get; set; }

    /// <summary>The password of <see cref="Username"/>. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>Connections open at once; a further one is closed. Default: 64; range 1 to 4096.</summary>
    public int MaxConnections { get; set; } = 64;

    /// <summary>The most bytes that a request's line and headers may have. Default: 16384; range 1024 to 1048576.</summary>
    public int MaxHeaderBytes { get; set; } = 16 * 1024;

    /// <summary>How long a client may take to send a request. Default: 10 seconds; range 0.1 seconds to 10 minutes.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to read a response. Default: 30 seconds; range 0.1 seconds to 10 minutes.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an idle connection stays open. Default: 2 minutes, longer than the usual scrape interval; range 0.1 seconds to 1 hour.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What <see cref="UseCertificate"/> was given; no property of the type could be bound from configuration.</summary>
    internal X509Certificate2? Certificate { get; private set; }

    /// <summary>Turns TLS on with a certificate that the application holds; it wins over <see cref="CertificatePath"/>.</summary>
    /// <param name="certificate">The server's certificate with its private key.</param>
    public void UseCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
    }
}

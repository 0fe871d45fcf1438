using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Observability.Configuration;
using OpenTelemetry.Exporter;

namespace Observability.Export;

/// <summary>Turns settings into what the OpenTelemetry exporter takes, with the TLS that they ask for.</summary>
internal static class OtlpClient
{
    /// <summary>A collector's answer is short; a longer one is cut off rather than read into memory.</summary>
    private const int MaxResponseBytes = 4 * 1024 * 1024;

    public static OtlpExporterOptions Options(OtlpSettings settings, ExportLane lane) => new()
    {
        Endpoint = settings.Endpoint,
#pragma warning disable CS0618 // The exporter marks gRPC obsolete for old frameworks; on .NET 10 it is a protocol of the specification like the other.
        Protocol = settings.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
#pragma warning restore CS0618
        // Not those of the variables, which the SDK would read for itself: the client has them.
        Headers = "",
        Compression = settings.Gzip ? OtlpExportCompression.GZip : OtlpExportCompression.None,
        TimeoutMilliseconds = (int)settings.Timeout.TotalMilliseconds,
        HttpClientFactory = () => Create(settings, lane),
    };

    private static HttpClient Create(OtlpSettings settings, ExportLane lane)
    {
        var client = new HttpClient(new CollectorAnswers(Handler(settings), lane, settings.IsGrpc, MaxResponseBytes), disposeHandler: true)
        {
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
        foreach (var (name, value) in OtlpHeaders.Entries(settings.Headers).Select(OtlpHeaders.Read)) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    private static SocketsHttpHandler Handler(OtlpSettings settings)
    {
        // The exporter's requests must not carry the trace context of whichever request was current.
        var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false, UseCookies = false, MeterFactory = new UnheardMeters() };
        if (settings.Certificate is { } authority)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(authority);
            handler.SslOptions.CertificateChainPolicy = TrustOnly(roots);
        }
        if (settings is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            var client = X509Certificate2.CreateFromPemFile(certificate, key);
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
        }
        return handler;
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}

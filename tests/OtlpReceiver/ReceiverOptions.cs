using System.Security.Cryptography.X509Certificates;

namespace OtlpReceiver;

public sealed class ReceiverOptions
{
    /// <summary>Serves https with this certificate; null serves cleartext.</summary>
    public X509Certificate2? ServerCertificate { get; set; }

    /// <summary>Requires a client certificate that this authority issued.</summary>
    public X509Certificate2? ClientAuthority { get; set; }

    /// <summary>Headers without which a call is answered 401 or UNAUTHENTICATED.</summary>
    public IDictionary<string, string> RequiredHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The gRPC port, 0 for a free one.</summary>
    public int GrpcPort { get; set; }

    /// <summary>The HTTP port, 0 for a free one.</summary>
    public int HttpPort { get; set; }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Observability.Tests.Configuration;

/// <summary>A certificate and its key as files, and others beside them.</summary>
internal sealed class PemPair : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observability-pem-");

    public PemPair()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UtcNow.AddDays(1));
        Certificate = File("client.pem", certificate.ExportCertificatePem());
        Key = File("client.key", key.ExportPkcs8PrivateKeyPem());
        KeyWithPassword = File("locked.key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1)));
    }

    public string Certificate { get; }

    public string Key { get; }

    public string KeyWithPassword { get; }

    public string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

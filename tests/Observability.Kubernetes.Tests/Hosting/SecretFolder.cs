using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TestPeers;

namespace Observability.Kubernetes.Tests.Hosting;

/// <summary>A secret as the kubelet mounts it: files that are links into a folder, which is a link that one rename replaces.</summary>
internal sealed class SecretFolder : IDisposable
{
    public const string HostName = "observability-webhook.observability-system.svc";

    private readonly X509Certificate2 _authority;
    private int _version;

    public SecretFolder()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        Directory.CreateDirectory(Path);
        foreach (var file in new[] { "tls.crt", "tls.key" }) File.CreateSymbolicLink(System.IO.Path.Combine(Path, file), "..data/" + file);
        Renew();
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "webhook-tls-" + Guid.NewGuid().ToString("n"));

    public X509Certificate2 Authority => X509CertificateLoader.LoadCertificate(_authority.RawData);

    /// <summary>Puts another certificate in place and returns its thumbprint.</summary>
    public string Renew()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=webhook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(HostName);
        request.CertificateExtensions.Add(names.Build());
        var serial = RandomNumberGenerator.GetBytes(8);
        using var leaf = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(7), serial);
        Put(leaf.ExportCertificatePem() + "\n" + _authority.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        return leaf.Thumbprint;
    }

    /// <summary>Swaps the folder as the kubelet does.</summary>
    public void Put(string certificate, string key)
    {
        var folder = $"..version_{++_version}";
        Directory.CreateDirectory(System.IO.Path.Combine(Path, folder));
        File.WriteAllText(System.IO.Path.Combine(Path, folder, "tls.crt"), certificate);
        File.WriteAllText(System.IO.Path.Combine(Path, folder, "tls.key"), key);
        var link = System.IO.Path.Combine(Path, "..data_tmp");
        File.CreateSymbolicLink(link, folder);
        // .NET moves files and folders, not links to folders; rename(2) is what the kubelet calls.
        Assert.Equal(0, Tool.Run("mv", ["-T", link, System.IO.Path.Combine(Path, "..data")]).ExitCode);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}

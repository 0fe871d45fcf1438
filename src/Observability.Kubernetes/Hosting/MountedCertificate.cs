using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Observability.Kubernetes.Hosting;

/// <summary>
/// The certificate of a mounted secret. Kubernetes swaps the folder by a symbolic link, which file watchers miss, so its content is looked
/// at from time to time. A pair that cannot be used, as while it is being replaced, leaves the last good one in force.
/// </summary>
internal sealed partial class MountedCertificate : IDisposable
{
    private readonly string _folder;
    private readonly ILogger<MountedCertificate> _logger;
    private readonly ITimer _timer;
    private string _refused = "";
    private Loaded _current;

    /// <exception cref="InvalidOperationException">There is no usable certificate at the start.</exception>
    public MountedCertificate(IOptions<WebhookOptions> options, TimeProvider time, ILogger<MountedCertificate> logger)
    {
        _folder = options.Value.Certificates;
        _logger = logger;
        try
        {
            _current = Load();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException($"{_folder} holds no usable tls.crt and tls.key: {exception.Message} Mount the secret of the webhook's certificate there.", exception);
        }
        var interval = TimeSpan.FromSeconds(options.Value.CertificateCheckSeconds);
        _timer = time.CreateTimer(static state => ((MountedCertificate)state!).Look(), this, interval, interval);
    }

    /// <summary>The certificate with the rest of its chain, as the handshake needs it.</summary>
    public SslStreamCertificateContext Context => Volatile.Read(ref _current).Context;

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset NotAfter => new(Volatile.Read(ref _current).Leaf.NotAfter.ToUniversalTime());

    /// <summary>How often another certificate was taken.</summary>
    public int Reloads { get; private set; }

    public void Look()
    {
        try
        {
            var found = Read();
            if (found == _current.Content || found == _refused) return;
            _refused = found;
            // What is in use by a handshake must stay: the certificate before is left to the garbage collector.
            Volatile.Write(ref _current, Make(found));
            Reloads++;
            Reloaded(_logger, NotAfter);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            Kept(_logger, _folder, exception.Message);
        }
    }

    public void Dispose() => _timer.Dispose();

    private Loaded Load() => Make(Read());

    private string Read() => File.ReadAllText(Path.Combine(_folder, "tls.crt")) + "\0" + File.ReadAllText(Path.Combine(_folder, "tls.key"));

    private static Loaded Make(string content)
    {
        var parts = content.Split('\0');
        var leaf = X509Certificate2.CreateFromPem(parts[0], parts[1]);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(parts[0]);
        return new Loaded(content, leaf, SslStreamCertificateContext.Create(leaf, chain, offline: true));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate was replaced; it is good until {notAfter}.")]
    private static partial void Reloaded(ILogger logger, DateTimeOffset notAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The new certificate in {folder} cannot be used, the last one stays: {reason}")]
    private static partial void Kept(ILogger logger, string folder, string reason);

    private sealed record Loaded(string Content, X509Certificate2 Leaf, SslStreamCertificateContext Context);
}

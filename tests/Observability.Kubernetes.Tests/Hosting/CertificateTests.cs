using System.Security.Cryptography;

namespace Observability.Kubernetes.Tests.Hosting;

/// <summary>TLS from a mounted secret that is replaced while the webhook runs.</summary>
public class CertificateTests
{
    [Fact]
    public async Task A_renewed_secret_is_taken_without_a_restart()
    {
        await using var webhook = await RunningWebhook.Start();
        using var before = await webhook.Handshake();
        var renewed = webhook.Secret.Renew();
        Assert.NotEqual(before.Thumbprint, renewed);
        await RunningWebhook.Until(async () =>
        {
            using var now = await webhook.Handshake();
            return now.Thumbprint == renewed;
        }, "the new certificate");
        Assert.Contains("observability_webhook_certificate_reloads_total 1\n", await webhook.Plain.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_that_does_not_fit_leaves_the_last_good_one()
    {
        await using var webhook = await RunningWebhook.Start();
        using var before = await webhook.Handshake();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (certificate, key) in new[] { (before.ExportCertificatePem(), other.ExportPkcs8PrivateKeyPem()), ("", ""), ("no certificate", "no key") })
        {
            webhook.Secret.Put(certificate, key);
            webhook.Certificate.Look();
            using var now = await webhook.Handshake();
            Assert.Equal(before.Thumbprint, now.Thumbprint);
        }
        var renewed = webhook.Secret.Renew();
        webhook.Certificate.Look();
        using var after = await webhook.Handshake();
        Assert.Equal(renewed, after.Thumbprint);
    }

    [Fact]
    public async Task A_secret_that_is_gone_for_a_moment_leaves_the_last_good_one()
    {
        await using var webhook = await RunningWebhook.Start();
        File.Delete(Path.Combine(webhook.Secret.Path, "..data"));
        webhook.Certificate.Look();
        using var now = await webhook.Handshake();
        Assert.Equal("CN=webhook", now.Subject);
    }

    [Fact]
    public async Task Without_a_certificate_the_start_ends_with_the_reason()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningWebhook.Start("--Certificates=/nowhere/at/all"));
        Assert.Contains("/nowhere/at/all holds no usable tls.crt and tls.key", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_speak_TLS_is_not_answered()
    {
        await using var webhook = await RunningWebhook.Start();
        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri($"http://127.0.0.1:{webhook.TlsPort}/healthz")));
        Assert.Equal("ok", await webhook.Admission.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
    }
}

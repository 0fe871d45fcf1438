using System.Security.Cryptography.X509Certificates;

namespace OtlpReceiver.Tests;

/// <summary>TLS, client certificates and required headers let in whom they should, and nobody else.</summary>
public class AccessTests
{
    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Over_TLS_it_takes_senders_that_trust_its_authority(OtlpProtocol protocol)
    {
        using var authority = new CertificateAuthority();
        await using var receiver = await Receiver.Start(options => options.ServerCertificate = authority.IssueServer());
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol, options => options.HttpClientFactory = () => new HttpClient(Trusting(authority)) { Timeout = TimeSpan.FromSeconds(2) });
        sdk.Work("outer");

        await receiver.WaitForSpan(span => span.Name == "outer");

        Assert.Equal("https", receiver.For(protocol).Endpoint.Scheme);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task With_mutual_TLS_it_notes_the_client_and_turns_strangers_away(OtlpProtocol protocol)
    {
        using var authority = new CertificateAuthority();
        await using var receiver = await Receiver.Start(options => (options.ServerCertificate, options.ClientAuthority) = (authority.IssueServer(), authority.Certificate));
        using (var stranger = new ExportingSdk(receiver.For(protocol).Endpoint, protocol, options => options.HttpClientFactory = () => new HttpClient(Trusting(authority)) { Timeout = TimeSpan.FromSeconds(2) }))
            stranger.Work("from a stranger");
        var handler = Trusting(authority);
        var (certificate, key) = authority.IssueClient("sender");
        handler.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(certificate, key));
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol, options => options.HttpClientFactory = () => new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) });
        sdk.Work("from a friend");

        await receiver.WaitForSpan(span => span.Name == "from a friend");

        Assert.DoesNotContain(receiver.Spans, span => span.Name == "from a stranger");
        Assert.All(receiver.Requests, request => Assert.Equal("CN=sender", request.ClientCertificate));
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task A_required_header_is_required(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start(options => options.RequiredHeaders["api-key"] = "s3cret");
        using (var keyless = new ExportingSdk(receiver.For(protocol).Endpoint, protocol))
            keyless.Work("without the key");
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol, options => options.Headers = "api-key=s3cret");
        sdk.Work("with the key");

        await receiver.WaitForSpan(span => span.Name == "with the key");

        Assert.DoesNotContain(receiver.Spans, span => span.Name == "without the key");
        Assert.Contains(receiver.Requests, request => request.Answer == Answer.Refuse);
    }

    private static HttpClientHandler Trusting(CertificateAuthority authority) => new()
    {
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build(certificate!);
        },
    };
}

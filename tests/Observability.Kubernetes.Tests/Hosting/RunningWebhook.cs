using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability.Kubernetes.Hosting;

namespace Observability.Kubernetes.Tests.Hosting;

/// <summary>The webhook on free ports, and a client that trusts its authority alone, as the API server does by caBundle.</summary>
internal sealed class RunningWebhook : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningWebhook(WebApplication app, SecretFolder secret)
    {
        _app = app;
        Secret = secret;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal))).ToArray();
        TlsPort = addresses.Single(address => address.Scheme == "https").Port;
        HttpPort = addresses.Single(address => address.Scheme == "http").Port;
        Admission = new HttpClient(TrustingHandler()) { BaseAddress = new Uri($"https://{SecretFolder.HostName}:{TlsPort}") };
        Plain = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort}") };
    }

    public SecretFolder Secret { get; }
    public int TlsPort { get; }
    public int HttpPort { get; }

    /// <summary>Over TLS.</summary>
    public HttpClient Admission { get; }

    /// <summary>To metrics and probes.</summary>
    public HttpClient Plain { get; }

    public MountedCertificate Certificate => _app.Services.GetRequiredService<MountedCertificate>();

    public WebhookOptions Options => _app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value;

    public static async Task<RunningWebhook> Start(params string[] settings)
    {
        var secret = new SecretFolder();
        var app = WebhookHost.Create([
            "--Image=registry.example/observability-install:1", "--TlsPort=0", "--HttpPort=0", "--CertificateCheckSeconds=1", "--Certificates=" + secret.Path, .. settings],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new RunningWebhook(app, secret);
    }

    public static StringContent Review(JsonNode? pod, string uid = "705ab4f5-6393-11e8-b7cc-42010a800002", string operation = "CREATE", string kind = "Pod") =>
        Json(new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["request"] = new JsonObject
            {
                ["uid"] = uid,
                ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = kind },
                ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
                ["namespace"] = "shop",
                ["operation"] = operation,
                ["userInfo"] = new JsonObject { ["username"] = "system:serviceaccount:kube-system:replicaset-controller" },
                ["object"] = pod?.DeepClone(),
                ["oldObject"] = null,
                ["dryRun"] = false,
                ["options"] = new JsonObject { ["apiVersion"] = "meta.k8s.io/v1", ["kind"] = "CreateOptions" },
            },
        }.ToJsonString());

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The certificate that a new handshake is answered with.</summary>
    public async Task<X509Certificate2> Handshake()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, TlsPort);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(Trust());
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }

    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        var patience = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), what + " did not come about");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Admission.Dispose();
        Plain.Dispose();
        await _app.DisposeAsync();
        Secret.Dispose();
    }

    private SocketsHttpHandler TrustingHandler() => new()
    {
        SslOptions = Trust(),
        MaxConnectionsPerServer = 64,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(60),
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, TlsPort, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private SslClientAuthenticationOptions Trust() => new()
    {
        TargetHost = SecretFolder.HostName,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { Secret.Authority },
        },
    };
}

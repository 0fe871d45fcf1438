namespace Observability.Kubernetes.Hosting;

/// <summary>The settings of the webhook: command line, environment variables with the prefix <c>WEBHOOK_</c>, or a JSON file.</summary>
internal sealed class WebhookOptions
{
    /// <summary>The image that installs the payload. No default. <c>WEBHOOK_IMAGE</c></summary>
    public string Image { get; set; } = "";

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>. Default: IfNotPresent. <c>WEBHOOK_IMAGEPULLPOLICY</c></summary>
    public string ImagePullPolicy { get; set; } = "IfNotPresent";

    /// <summary>The installer's arguments, separated by spaces. Default: <c>install</c> and the hook's folder. <c>WEBHOOK_INSTALLARGUMENTS</c></summary>
    public string? InstallArguments { get; set; }

    /// <summary>Where the payload is mounted, an absolute path. Default: <c>/opt/observability</c>. <c>WEBHOOK_MOUNTPATH</c></summary>
    public string MountPath { get; set; } = "/opt/observability";

    /// <summary>
    /// The start-up hook, under the mount path; in a folder of its own, because an emptyDir is open to everybody and the hook refuses to
    /// load from such a folder. Default: <c>payload/Observability.StartupHook.dll</c>. <c>WEBHOOK_HOOKFILE</c>
    /// </summary>
    public string HookFile { get; set; } = "payload/Observability.StartupHook.dll";

    /// <summary>The size limit of the volume, a Kubernetes quantity. Default: <c>200Mi</c>. <c>WEBHOOK_SIZELIMIT</c></summary>
    public string SizeLimit { get; set; } = "200Mi";

    /// <summary>Variables for the application, set where it has none of its own. Two underscores may stand in a name. Default: none. <c>WEBHOOK_VARIABLES__NAME=VALUE</c></summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The port of admission requests, 1 to 65535, 0 for any. Default: 8443. <c>WEBHOOK_TLSPORT</c></summary>
    public int TlsPort { get; set; } = 8443;

    /// <summary>The port of metrics and probes, without TLS. Default: 8080. <c>WEBHOOK_HTTPPORT</c></summary>
    public int HttpPort { get; set; } = 8080;

    /// <summary>The mounted secret with <c>tls.crt</c> and <c>tls.key</c>. Default: <c>/tls</c>. <c>WEBHOOK_CERTIFICATES</c></summary>
    public string Certificates { get; set; } = "/tls";

    /// <summary>Seconds between two looks at the secret, 1 to 3600. Default: 10. <c>WEBHOOK_CERTIFICATECHECKSECONDS</c></summary>
    public int CertificateCheckSeconds { get; set; } = 10;

    /// <summary>The largest request that is read, in bytes, 64 KiB to 16 MiB. Default: 3 MiB, twice what etcd stores. <c>WEBHOOK_MAXREQUESTBYTES</c></summary>
    public int MaxRequestBytes { get; set; } = 3 * 1024 * 1024;

    /// <summary>Connections at once, 1 to 10000. Default: 256. <c>WEBHOOK_MAXCONNECTIONS</c></summary>
    public int MaxConnections { get; set; } = 256;
}

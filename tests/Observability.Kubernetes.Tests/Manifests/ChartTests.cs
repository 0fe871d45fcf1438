using System.Text.Json.Nodes;
using TestPeers;

namespace Observability.Kubernetes.Tests.Manifests;

/// <summary>The chart, linted and rendered by Helm itself.</summary>
public class ChartTests
{
    private static string Chart => Repository.File("src", "Observability.Kubernetes", "deploy", "helm", "observability-webhook");

    public static IEnumerable<JsonObject> Rendered(params string[] arguments)
    {
        var rendered = Judges.Helm(["template", "observability", Chart, "--namespace", "observability-system", .. arguments]);
        Assert.True(rendered.ExitCode == 0, rendered.Error);
        return Yaml.ReadAll(rendered.Output);
    }

    [SkippableFact]
    public void Helm_finds_no_fault()
    {
        var lint = Judges.Helm("lint", "--strict", Chart, "--set", "installer.image=registry.example/install:1");
        Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
    }

    [SkippableTheory]
    [InlineData("installer.image is not set", "/installer/image")]
    [InlineData("a misspelt value", "extra", "installer.image=x:1", "replica=3")]
    [InlineData("a bad mount path", "/installer/mountPath", "installer.image=x:1", "installer.mountPath=opt")]
    [InlineData("a secret without its authority", "certificate.caBundle is needed", "installer.image=x:1", "certificate.source=secret")]
    [InlineData("cert-manager without an issuer", "certificate.issuer.name is needed", "installer.image=x:1", "certificate.source=certManager")]
    public void Bad_values_are_refused(string what, string message, params string[] values)
    {
        var rendered = Judges.Helm(["template", "x", Chart, .. values.SelectMany(value => new[] { "--set", value })]);
        Assert.True(rendered.ExitCode != 0, what + " was taken");
        Assert.Contains(message == "extra" ? "additional properties 'replica'" : message, rendered.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_certificate_that_it_makes_is_for_its_service_and_the_registration_trusts_its_authority()
    {
        var all = Rendered("--set", "installer.image=x:1").ToArray();
        var secret = all.Single(found => found["kind"]!.ToString() == "Secret");
        var webhook = all.Single(found => found["kind"]!.ToString() == "MutatingWebhookConfiguration")["webhooks"]![0]!;
        Assert.Equal(secret["data"]!["ca.crt"]!.ToString(), webhook["clientConfig"]!["caBundle"]!.ToString());
        var service = webhook["clientConfig"]!["service"]!;
        Assert.Contains(all, found => found["kind"]!.ToString() == "Service" && found["metadata"]!["name"]!.ToString() == service["name"]!.ToString());
        string Decoded(string name) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"]![name]!.ToString()));
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(Decoded("tls.crt"), Decoded("tls.key"));
        Assert.True(certificate.MatchesHostname($"{service["name"]}.{service["namespace"]}.svc"));
    }

    [SkippableTheory]
    [InlineData("1.29.0", false)]
    [InlineData("1.30.0", true)]
    public void Conditions_are_written_where_the_API_server_knows_them(string version, bool written)
    {
        var webhook = Rendered("--set", "installer.image=x:1", "--kube-version", version).Single(found => found["kind"]!.ToString() == "MutatingWebhookConfiguration")["webhooks"]![0]!;
        Assert.Equal(written, webhook["matchConditions"] is not null);
    }

    [SkippableFact]
    public void Its_named_templates_serve_charts_without_the_webhook()
    {
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "templates"));
            File.WriteAllText(Path.Combine(folder.FullName, "Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
            File.Copy(Path.Combine(Chart, "templates", "_injection.tpl"), Path.Combine(folder.FullName, "templates", "_injection.tpl"));
            File.WriteAllText(Path.Combine(folder.FullName, "templates", "pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: shop}
                spec:
                  initContainers:
                    {{- include "observability.initContainer" (dict "image" "x:1") | nindent 4 }}
                  containers:
                    - name: app
                      image: shop:1
                      env:
                        {{- include "observability.env" (dict "serviceName" "shop" "endpoint" "http://collector:4317" "otherHooks" "/a.dll") | nindent 8 }}
                      volumeMounts:
                        {{- include "observability.volumeMount" (dict) | nindent 8 }}
                  volumes:
                    {{- include "observability.volume" (dict) | nindent 4 }}
                """);
            var rendered = Judges.Helm("template", "shop", folder.FullName);
            Assert.True(rendered.ExitCode == 0, rendered.Error);
            var pod = Yaml.ReadAll(rendered.Output).Single();
            Assert.Empty(Judges.Schemas([pod]));
            Assert.Equal("/a.dll:/opt/observability/payload/Observability.StartupHook.dll", pod["spec"]!["containers"]![0]!["env"]![2]!["value"]!.ToString());
            Assert.Equal("observability", pod["spec"]!["volumes"]![0]!["name"]!.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

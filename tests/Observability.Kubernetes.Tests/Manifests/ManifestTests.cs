using System.Text.Json.Nodes;
using Observability.Kubernetes.Tests.Injection;
using TestPeers;

namespace Observability.Kubernetes.Tests.Manifests;

/// <summary>What is applied to a cluster, as the tools of Kubernetes see it.</summary>
public class ManifestTests
{
    private static string Deploy(params string[] parts) => Repository.File(["src", "Observability.Kubernetes", "deploy", .. parts]);

    [SkippableFact]
    public void Every_manifest_fits_the_schemas_of_the_API()
    {
        JsonObject[] all = [.. Judges.Kustomize(Deploy("webhook")), .. Judges.Kustomize(Deploy("kustomize", "example")), .. Plain(), .. Chart()];
        Assert.Equal(17, all.Length);
        Assert.Empty(Judges.Schemas(all));
    }

    [SkippableFact]
    public void The_schemas_find_what_is_wrong()
    {
        var broken = Judges.Kustomize(Deploy("webhook"));
        broken.Single(found => found["kind"]!.ToString() == "MutatingWebhookConfiguration")["webhooks"]![0]!["failurePolicy"] = "Ignored";
        broken.Single(found => found["kind"]!.ToString() == "Deployment")["spec"]!["replicas"] = "two";
        Assert.Equal(2, Judges.Schemas(broken).Length);
    }

    [SkippableFact]
    public void No_workload_has_a_member_that_kubectl_does_not_know()
    {
        JsonObject[] all = [.. Judges.Kustomize(Deploy("webhook")), .. Judges.Kustomize(Deploy("kustomize", "example")), .. Plain(), .. Chart()];
        foreach (var workload in all.Where(found => found["kind"]!.ToString() is "Deployment" or "StatefulSet")) Preservation.Assert(workload, Judges.Typed(workload));
    }

    [SkippableFact]
    public void Every_patched_pod_is_one_to_the_schemas_and_to_kubectl()
    {
        var patched = Pods.All.Where(name => name is not ("no-spec" or "no-containers-at-all"))
            .Select(name => (Name: name, Pod: AppliedPatch.To(Pods.Read(name), Pods.Injector.Inject(Pods.Read(name), "shop").Patch))).ToArray();
        Assert.Empty(Judges.Schemas(patched.Select(pair => pair.Pod)));
        foreach (var (_, pod) in patched.Where(pair => pair.Name is "plain" or "all-containers-and-a-sidecar" or "many-of-everything" or "runs-as-a-user-of-its-own")) Preservation.Assert(pod, Judges.Typed(pod));
    }

    [SkippableFact]
    public void The_component_injects_what_is_labelled_and_nothing_else()
    {
        var built = Judges.Kustomize(Deploy("kustomize", "example")).ToDictionary(found => found["metadata"]!["name"]!.ToString());
        var spec = built["shop"]["spec"]!["template"]!["spec"]!;
        Assert.Equal(["observability-install", "migrate"], spec["initContainers"]!.AsArray().Select(container => container!["name"]!.ToString()));
        Assert.Equal("/opt/observability/payload/Observability.StartupHook.dll", Variable(spec["containers"]![0]!, "DOTNET_STARTUP_HOOKS"));
        Assert.Equal("shop", Variable(spec["containers"]![0]!, "OTEL_SERVICE_NAME"));
        Assert.Null(spec["containers"]![1]!["env"]);
        Assert.Null(built["other"]["spec"]!["template"]!["spec"]!["initContainers"]);
    }

    [SkippableTheory]
    [InlineData("webhook")]
    [InlineData("chart")]
    public void The_registration_never_keeps_a_pod_from_starting(string which)
    {
        var all = which == "chart" ? [.. Chart()] : Judges.Kustomize(Deploy("webhook"));
        var webhook = all.Single(found => found["kind"]!.ToString() == "MutatingWebhookConfiguration")["webhooks"]!.AsArray().Single()!;
        Assert.Equal("Ignore", webhook["failurePolicy"]!.ToString());
        Assert.Equal(3, webhook["timeoutSeconds"]!.GetValue<long>());
        Assert.Equal("IfNeeded", webhook["reinvocationPolicy"]!.ToString());
        Assert.Equal("None", webhook["sideEffects"]!.ToString());
        Assert.Equal(["v1"], webhook["admissionReviewVersions"]!.AsArray().Select(version => version!.ToString()));
        var excluded = webhook["namespaceSelector"]!["matchExpressions"]![0]!;
        Assert.Equal(("kubernetes.io/metadata.name", "NotIn"), (excluded["key"]!.ToString(), excluded["operator"]!.ToString()));
        var names = excluded["values"]!.AsArray().Select(name => name!.ToString()).ToArray();
        Assert.Contains("kube-system", names);
        Assert.Contains("observability-system", names);
        Assert.Equal("NotIn", webhook["objectSelector"]!["matchExpressions"]![0]!["operator"]!.ToString());
    }

    [SkippableTheory]
    [InlineData("webhook")]
    [InlineData("chart")]
    public void The_webhook_has_no_rights_and_no_token(string which)
    {
        var all = which == "chart" ? [.. Chart()] : Judges.Kustomize(Deploy("webhook"));
        Assert.DoesNotContain(all, found => found["apiVersion"]!.ToString().StartsWith("rbac", StringComparison.Ordinal));
        var pod = all.Single(found => found["kind"]!.ToString() == "Deployment")["spec"]!["template"]!["spec"]!;
        Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        Assert.Equal("RuntimeDefault", pod["securityContext"]!["seccompProfile"]!["type"]!.ToString());
        var security = pod["containers"]![0]!["securityContext"]!;
        Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.Equal("ALL", security["capabilities"]!["drop"]![0]!.ToString());
    }

    [SkippableFact]
    public void The_script_makes_a_certificate_that_the_webhook_takes()
    {
        Tool.Require("openssl");
        var script = Tool.Run(Tool.Require("bash"), [Deploy("webhook", "make-certificate.sh")]);
        Assert.True(script.ExitCode == 0, script.Error);
        var secret = Yaml.Read(script.Output);
        Assert.Equal("observability-webhook-tls", secret["metadata"]!["name"]!.ToString());
        string Decoded(string name) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"]![name]!.ToString()));
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(Decoded("tls.crt"), Decoded("tls.key"));
        using var authority = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(Decoded("ca.crt"));
        Assert.True(certificate.MatchesHostname(Hosting.SecretFolder.HostName));
        using var chain = new System.Security.Cryptography.X509Certificates.X509Chain();
        chain.ChainPolicy.TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        Assert.True(chain.Build(certificate));
    }

    private static JsonObject[] Plain() => [.. Yaml.ReadAll(File.ReadAllText(Deploy("plain", "deployment.yaml")))];

    private static IEnumerable<JsonObject> Chart() => ChartTests.Rendered("--set", "installer.image=registry.example/install:1");

    private static string? Variable(JsonNode container, string name) =>
        container["env"]!.AsArray().Single(variable => variable!["name"]!.ToString() == name)!["value"]?.ToString();
}

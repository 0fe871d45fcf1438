using Observability.Resources;

namespace Observability.Tests.Resources;

public class KubernetesDetectorTests
{
    [Fact]
    public void The_downward_APIs_variables_become_attributes()
    {
        var facts = Detect(
            ("K8S_POD_NAME", "shop-5d4c"), ("K8S_POD_UID", "73dbfc41"), ("K8S_NAMESPACE_NAME", "prod"), ("K8S_NODE_NAME", "node-1"),
            ("K8S_CONTAINER_NAME", "shop"), ("K8S_DEPLOYMENT_NAME", "shop"), ("K8S_CLUSTER_NAME", "c1"), ("K8S_POD_IP", "10.0.0.7"));
        var expected = new Dictionary<string, object>
        {
            ["k8s.pod.name"] = "shop-5d4c",
            ["k8s.pod.uid"] = "73dbfc41",
            ["k8s.pod.ip"] = "10.0.0.7",
            ["k8s.namespace.name"] = "prod",
            ["k8s.node.name"] = "node-1",
            ["k8s.container.name"] = "shop",
            ["k8s.deployment.name"] = "shop",
            ["k8s.cluster.name"] = "c1",
        };
        Assert.Equal(expected, facts);
    }

    [Theory]
    [InlineData("POD_NAME", "k8s.pod.name")]
    [InlineData("MY_POD_NAMESPACE", "k8s.namespace.name")]
    [InlineData("NODE_NAME", "k8s.node.name")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES_POD_UID", "k8s.pod.uid")]
    public void Other_usual_names_are_understood_inside_a_pod(string variable, string attribute)
    {
        Assert.Equal("x", Detect(("KUBERNETES_SERVICE_HOST", "10.0.0.1"), (variable, "x"))[attribute]);
        Assert.Empty(Detect((variable, "x")));
    }

    [Fact]
    public void The_host_name_is_the_pods_only_inside_a_pod_and_off_the_hosts_network()
    {
        Assert.Equal("shop-5d4c", Detect(("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("HOSTNAME", "shop-5d4c"))["k8s.pod.name"]);
        Assert.Empty(Detect(("HOSTNAME", "laptop")));
        Assert.DoesNotContain("k8s.pod.name", Detect(("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("HOSTNAME", "node-1"), ("K8S_NODE_NAME", "node-1")).Keys);
    }

    [Fact]
    public void The_service_accounts_namespace_and_the_kubelets_mounts_fill_the_gaps()
    {
        var space = Path.GetTempFileName();
        File.WriteAllText(space, "prod\n");
        var files = Captured.Nothing with { ServiceAccountNamespace = space, Mounts = Captured.Path("kubernetes-containerd-mountinfo") };
        var facts = Captured.Facts(new KubernetesDetector(Captured.Environment(), files));
        File.Delete(space);
        Assert.Equal("prod", facts["k8s.namespace.name"]);
        Assert.Equal("73dbfc41-1f88-4ca1-b0b5-2b9b1d7c3f10", facts["k8s.pod.uid"]);
        Assert.Equal("shop", facts["k8s.container.name"]);
    }

    private static IReadOnlyDictionary<string, object> Detect(params (string, string)[] variables) =>
        Captured.Facts(new KubernetesDetector(Captured.Environment(variables), Captured.Nothing));
}

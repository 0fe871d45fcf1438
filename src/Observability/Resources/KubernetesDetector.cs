namespace Observability.Resources;

/// <summary>
/// <c>k8s.*</c> from the variables that pods conventionally fill from the downward API, from the service account's files and from the kubelet's mounts.
/// Nothing is asked of the API server. <c>HOSTNAME</c> is the pod's name only inside a pod, and not on the host's network.
/// </summary>
internal sealed class KubernetesDetector(Func<string, string?> environment, MachineFiles files) : IFactDetector
{
    /// <summary>The attribute and the variables that may hold it, the most explicit first.</summary>
    private static readonly (string Attribute, string[] Variables)[] Names =
    [
        ("k8s.pod.name", ["K8S_POD_NAME", "KUBERNETES_POD_NAME", "OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "POD_NAME", "MY_POD_NAME"]),
        ("k8s.pod.uid", ["K8S_POD_UID", "KUBERNETES_POD_UID", "OTEL_RESOURCE_ATTRIBUTES_POD_UID", "POD_UID", "MY_POD_UID"]),
        ("k8s.pod.ip", ["K8S_POD_IP", "KUBERNETES_POD_IP", "POD_IP", "MY_POD_IP"]),
        ("k8s.namespace.name", ["K8S_NAMESPACE_NAME", "K8S_NAMESPACE", "K8S_POD_NAMESPACE", "KUBERNETES_NAMESPACE", "POD_NAMESPACE", "MY_POD_NAMESPACE"]),
        ("k8s.node.name", ["K8S_NODE_NAME", "KUBERNETES_NODE_NAME", "OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "NODE_NAME", "MY_NODE_NAME"]),
        ("k8s.container.name", ["K8S_CONTAINER_NAME", "KUBERNETES_CONTAINER_NAME"]),
        ("k8s.deployment.name", ["K8S_DEPLOYMENT_NAME", "KUBERNETES_DEPLOYMENT_NAME"]),
        ("k8s.cluster.name", ["K8S_CLUSTER_NAME", "KUBERNETES_CLUSTER_NAME"]),
    ];

    public void Detect(ResourceFacts facts)
    {
        if (!InKubernetes()) return;
        foreach (var (attribute, variables) in Names)
            facts.Add(attribute, variables.Select(environment).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)));
        facts.Add("k8s.namespace.name", MachineFiles.Lines(files.ServiceAccountNamespace).FirstOrDefault()?.Trim());
        var (uid, container) = KubeletMounts.Read(MachineFiles.Lines(files.Mounts));
        facts.Add("k8s.pod.uid", uid);
        facts.Add("k8s.container.name", container);
        var hostName = environment("HOSTNAME");
        if (!(facts.TryGet("k8s.node.name", out var node) && node == hostName)) facts.Add("k8s.pod.name", hostName);
    }

    private bool InKubernetes() =>
        !string.IsNullOrEmpty(environment("KUBERNETES_SERVICE_HOST")) || File.Exists(files.ServiceAccountNamespace) || !string.IsNullOrEmpty(environment("K8S_POD_NAME"));
}

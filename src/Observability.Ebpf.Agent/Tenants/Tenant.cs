namespace Observability.Ebpf.Agent.Tenants;

/// <summary>Who shares slots: the processes of one network namespace, which in Kubernetes is a pod.</summary>
/// <param name="Name">The folder of its pins: <c>host</c>, or the pod's uid.</param>
/// <param name="NetworkNamespace">The number of its network namespace.</param>
/// <param name="ProcessNamespaces">The numbers of its process id namespaces, one a container.</param>
/// <param name="Container">The first container's id, where there is one.</param>
internal sealed record Tenant(string Name, uint NetworkNamespace, IReadOnlyList<uint> ProcessNamespaces, string? Container);

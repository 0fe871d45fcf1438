namespace Observability.Ebpf.Agent.Tenants;

/// <summary>Finds the tenants of this node: the host, and with <c>--pods</c> every pod that has a network namespace of its own.</summary>
internal sealed class TenantScan(bool pods, IReadOnlyDictionary<string, string> named)
{
    public IReadOnlyList<Tenant> Find()
    {
        var tenants = new List<Tenant>();
        var own = ProcessFacts.Namespace("1", "net") ?? ProcessFacts.Namespace("self", "net");
        if (own is { } host) tenants.Add(new Tenant("host", host, [.. Namespaces("self").Concat(Namespaces("1")).Distinct()], null));
        foreach (var (name, process) in named)
        {
            if (ProcessFacts.Namespace(process, "net") is { } network) tenants.Add(new Tenant(name, network, [.. Namespaces(process)], null));
        }
        if (pods) tenants.AddRange(Pods(own));
        // Of two names for one namespace the first stands: slots have one home.
        return [.. tenants.DistinctBy(tenant => tenant.NetworkNamespace)];
    }

    private static IEnumerable<uint> Namespaces(string process) => ProcessFacts.Namespace(process, "pid") is { } number ? [number] : [];

    private static IEnumerable<Tenant> Pods(uint? host) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let process = Path.GetFileName(folder)
        where char.IsAsciiDigit(process[0])
        let pod = ProcessFacts.PodOf(ProcessFacts.ControlGroups(process))
        where pod.Pod is not null
        let network = ProcessFacts.Namespace(process, "net")
        where network is not null && network != host
        group (process, pod.Container, Network: network.Value) by pod.Pod into members
        select new Tenant(members.Key, members.First().Network, [.. members.SelectMany(member => Namespaces(member.process)).Distinct()], members.Select(member => member.Container).FirstOrDefault());
}

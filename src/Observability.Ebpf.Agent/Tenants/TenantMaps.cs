using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Loading;

namespace Observability.Ebpf.Agent.Tenants;

/// <summary>Gives each tenant its own maps and takes them from tenants that are gone.</summary>
internal sealed unsafe class TenantMaps(IReadOnlyDictionary<string, int> maps, PinFolder pins)
{
    private static readonly (string Name, string Outer, MapShape Shape)[] Own =
        [("slots", "tenant_slots", TenantShapes.Slots), ("events", "tenant_events", TenantShapes.Events), ("threads", "tenant_threads", TenantShapes.Threads)];

    private readonly Dictionary<uint, Tenant> _known = [];
    private bool _hasTidied;

    public Tenant? Find(uint networkNamespace)
    {
        lock (_known) return _known.GetValueOrDefault(networkNamespace);
    }

    /// <summary>What could not be done, in words; the other tenants are served.</summary>
    public IReadOnlyList<string> Refresh(IReadOnlyList<Tenant> tenants)
    {
        var faults = new List<string>();
        foreach (var tenant in tenants)
        {
            var known = Find(tenant.NetworkNamespace);
            if (known is not null && known.Name == tenant.Name && known.ProcessNamespaces.SequenceEqual(tenant.ProcessNamespaces)) continue;
            if (Add(tenant) is { } fault) faults.Add($"tenant {tenant.Name}: {fault}");
            else lock (_known) _known[tenant.NetworkNamespace] = tenant;
        }
        foreach (var gone in Gone(tenants)) Forget(gone);
        if (!_hasTidied) pins.RemoveOtherPods([.. tenants.Select(tenant => tenant.Name)]);
        _hasTidied = true;
        return faults;
    }

    private string? Add(Tenant tenant)
    {
        // The agent's own pin may have been lost, and with it the map that the tenant's sockets are bound in.
        pins.ClearUnless(tenant.Name, "sockets", maps["socket_slots"]);
        if (pins.Pin(tenant.Name, "sockets", maps["socket_slots"]) is < 0 and var pinned) return $"sockets cannot be pinned: {ErrorNumber.Text(pinned)}";
        foreach (var (name, outer, shape) in Own)
        {
            var inner = pins.Open(tenant.Name, name, shape);
            if (inner < 0) inner = Bpf.CreateMap(shape, name);
            if (inner < 0) return $"{name} cannot be made: {ErrorNumber.Text(inner)}";
            var error = Place(maps[outer], tenant, name, inner);
            if (error >= 0) error = pins.Pin(tenant.Name, name, inner);
            Libc.Close(inner);
            if (error < 0) return $"{name} cannot be placed: {ErrorNumber.Text(error)}";
        }
        foreach (var space in tenant.ProcessNamespaces) _ = Bpf.Update(maps["process_tenants"], space, tenant.NetworkNamespace);
        return null;
    }

    /// <summary>Threads are found by their process id namespace, all else by the network namespace.</summary>
    private static int Place(int outer, Tenant tenant, string name, int inner)
    {
        if (name != "threads") return Bpf.Update(outer, tenant.NetworkNamespace, (uint)inner);
        foreach (var space in tenant.ProcessNamespaces)
            if (Bpf.Update(outer, space, (uint)inner) is < 0 and var error) return error;
        return 0;
    }

    private List<Tenant> Gone(IReadOnlyList<Tenant> tenants)
    {
        lock (_known) return [.. _known.Values.Where(known => tenants.All(tenant => tenant.NetworkNamespace != known.NetworkNamespace))];
    }

    private void Forget(Tenant tenant)
    {
        lock (_known) _known.Remove(tenant.NetworkNamespace);
        var network = tenant.NetworkNamespace;
        foreach (var outer in new[] { "tenant_slots", "tenant_events" }) _ = Bpf.Delete(maps[outer], &network);
        foreach (var space in tenant.ProcessNamespaces)
        {
            var key = space;
            _ = Bpf.Delete(maps["tenant_threads"], &key);
            _ = Bpf.Delete(maps["process_tenants"], &key);
        }
        pins.Remove(tenant.Name);
    }
}

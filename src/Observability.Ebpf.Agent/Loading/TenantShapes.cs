using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Loading;

/// <summary>The maps that each tenant has of its own. All tenants' must have one shape: the kernel takes no other.</summary>
internal static class TenantShapes
{
    private const uint Mappable = 1024;

    /// <summary>4,096 slots of 256 bytes: a megabyte a tenant.</summary>
    public static readonly MapShape Slots = new(MapType.Array, 4, 256, 4096, Mappable);

    public static readonly MapShape Events = new(MapType.Ring, 0, 0, 1 << 18, 0);

    public static readonly MapShape Threads = new(MapType.Hash, 4, 4, 4096, 0);

    public static MapShape? InnerOf(string map) => map switch
    {
        "tenant_slots" => Slots,
        "tenant_events" => Events,
        "tenant_threads" => Threads,
        _ => null,
    };
}

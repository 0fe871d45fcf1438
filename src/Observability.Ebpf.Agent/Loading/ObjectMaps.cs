using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Objects;

namespace Observability.Ebpf.Agent.Loading;

/// <summary>Makes the maps that an object declares. A map that outlived an earlier agent is given instead of a new one when it has the same shape.</summary>
internal static class ObjectMaps
{
    /// <exception cref="KernelRefusalException">The kernel makes no such map, or no map at all for this process.</exception>
    public static Dictionary<string, int> Create(BtfData types, int typesDescriptor, Func<string, MapShape, int?> inherited)
    {
        var maps = new Dictionary<string, int>();
        foreach (var declaration in MapDeclaration.Read(types))
        {
            var map = inherited(declaration.Name, declaration.Shape) ?? Create(declaration, typesDescriptor);
            if (map < 0) throw new KernelRefusalException($"map {declaration.Name}", map);
            maps[declaration.Name] = map;
        }
        return maps;
    }

    private static int Create(MapDeclaration declaration, int types)
    {
        if (TenantShapes.InnerOf(declaration.Name) is not { } shape)
        {
            // Rings and maps of maps have no types.
            return declaration.KeyType == 0
                ? Bpf.CreateMap(declaration.Shape, declaration.Name)
                : Bpf.CreateMap(declaration.Shape, declaration.Name, types, declaration.KeyType, declaration.ValueType);
        }
        var example = Bpf.CreateMap(shape, "example");
        if (example < 0) return example;
        var map = Bpf.CreateMap(declaration.Shape, declaration.Name, inner: example);
        Libc.Close(example);
        return map;
    }
}

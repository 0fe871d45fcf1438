using System.Reflection;
using System.Runtime.Loader;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Libraries;

/// <summary>A load context in which some libraries are other copies than everybody else's.</summary>
internal sealed class WovenContext(IReadOnlyDictionary<string, byte[]> copies) : AssemblyLoadContext(isCollectible: true)
{
    private readonly Dictionary<string, Assembly> _loaded = [];

    public Assembly Load(CompiledAssembly compiled) => LoadFromStream(new MemoryStream(compiled.Image));

    public Assembly LoadCopy(string name) => Load(new AssemblyName(name))!;

    protected override Assembly? Load(AssemblyName name)
    {
        if (_loaded.TryGetValue(name.Name!, out var known)) return known;
        return copies.TryGetValue(name.Name!, out var image) ? _loaded[name.Name!] = LoadFromStream(new MemoryStream(image)) : null;
    }
}

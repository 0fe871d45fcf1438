using System.Reflection;
using System.Runtime.Loader;

namespace Observability.AutoInstrumentation.Bridge.Weaving;

/// <summary>Keeps the weaver and Mono.Cecil apart from an application's own copies.</summary>
internal sealed class WeaverLoadContext(string folder) : AssemblyLoadContext("Observability.Weaver")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}

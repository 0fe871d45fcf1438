using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Observability.Weaver.Startup.Process;

/// <summary>The runtime looks for a native library beside the assembly that asks for it, and a woven one lies in the cache: it is found beside the application then.</summary>
internal static class NativeLibraries
{
    public static void FindBesideApplication(string cacheEntry) =>
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (assembly, name) => assembly.Location.StartsWith(cacheEntry, StringComparison.Ordinal) ? Find(assembly, name) : 0;

    private static nint Find(Assembly assembly, string name)
    {
        // The variations of a name that the runtime tries.
        foreach (var file in new[] { name + ".so", "lib" + name + ".so", name, "lib" + name })
            if (NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, file), assembly, DllImportSearchPath.UseDllDirectoryForDependencies, out var library)) return library;
        return 0;
    }
}

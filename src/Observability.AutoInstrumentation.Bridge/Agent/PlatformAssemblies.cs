using System.Reflection;
using System.Runtime.Loader;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>The assemblies that the host found for the application and its frameworks.</summary>
internal static class PlatformAssemblies
{
    private static readonly string Paths = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";

    /// <summary>A single file carries assemblies that the list does not name.</summary>
    public static bool IsBundle { get; } = Assembly.GetEntryAssembly() is { Location.Length: 0 };

    public static string? Find(string name)
    {
        var file = Path.DirectorySeparatorChar + name + ".dll";
        for (var at = Paths.IndexOf(file, StringComparison.OrdinalIgnoreCase); at >= 0; at = Paths.IndexOf(file, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + file.Length;
            if (end < Paths.Length && Paths[end] != Path.PathSeparator) continue;
            var start = Paths.LastIndexOf(Path.PathSeparator, at) + 1;
            return Paths[start..end];
        }
        return null;
    }

    public static Assembly? TryLoad(string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (Exception)
        {
            return null;
        }
    }
}

using System.Reflection;
using System.Runtime.Loader;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// What this assembly refers to and the application may not have: <c>Microsoft.Extensions.*</c>. Without it none of the code that needs it runs, but an application that
/// looks through the types of all assemblies would fail at this one.
/// </summary>
internal static class MissingReferences
{
    public static void Supply(string payload)
    {
        var folder = Path.Combine(payload, "agent");
        var context = new Lazy<AssemblyLoadContext?>(() => AgentFiles.Fault(payload) is null ? new Copies(folder) : null);
        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => wanted.RequestingAssembly == typeof(MissingReferences).Assembly ? Load(context, wanted.Name) : null;
    }

    private static Assembly? Load(Lazy<AssemblyLoadContext?> context, string name)
    {
        try
        {
            return context.Value?.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (Exception)
        {
            // Then it stays missing.
            return null;
        }
    }

    /// <summary>Apart from the application, which is not to find what it did not bring.</summary>
    private sealed class Copies(string folder) : AssemblyLoadContext("Observability references")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return assemblyName.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}

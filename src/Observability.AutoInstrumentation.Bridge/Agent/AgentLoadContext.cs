using System.Reflection;
using System.Runtime.Loader;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// Keeps the agent's assemblies apart from the application's of the same names. <c>System.*</c> is always shared: an <c>Activity</c> must be the
/// application's. <c>Microsoft.Extensions.*</c> and ASP.NET Core are shared where the application has all of them, new enough; else private copies do.
/// </summary>
internal sealed class AgentLoadContext : AssemblyLoadContext
{
    private const string Extensions = "Microsoft.Extensions.";

    /// <summary>Of the core package: to look for what cannot be there would have the application's own handlers asked for it (<c>AssemblyResolve</c>).</summary>
    private const string WebPackage = "Observability.AspNetCore.IsSupported";

    private readonly string _folder;

    public AgentLoadContext(string folder)
        : base("Observability")
    {
        _folder = folder;
        HasAspNetCore = Has("Microsoft.AspNetCore.Http.Abstractions");
        if (!HasAspNetCore) AppContext.SetSwitch(WebPackage, false);
        SharesExtensions = HasAspNetCore || Directory.GetFiles(folder, Extensions + "*.dll").All(IsAtLeastAsNew);
    }

    public bool HasAspNetCore { get; }

    /// <summary>Whether the agent's types of <c>Microsoft.Extensions.*</c> are the application's own.</summary>
    public bool SharesExtensions { get; }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)) return null;
        // The framework has these two beside its own copies of the rest.
        if (SharesExtensions && name.StartsWith(Extensions, StringComparison.Ordinal)) return null;
        if (name == "Observability.AspNetCore" && !HasAspNetCore) return null;
        var path = Path.Combine(_folder, name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static bool Has(string name) => PlatformAssemblies.Find(name) is not null || (PlatformAssemblies.IsBundle && PlatformAssemblies.TryLoad(name) is not null);

    private static bool IsAtLeastAsNew(string own) =>
        PlatformAssemblies.Find(Path.GetFileNameWithoutExtension(own)) is { } theirs && AssemblyName.GetAssemblyName(theirs).Version >= AssemblyName.GetAssemblyName(own).Version;
}

using Mono.Cecil;

namespace Observability.Weaver.Reading;

/// <summary>Assemblies that the weaver does not touch.</summary>
internal static class Refusal
{
    private static readonly string[] Below = ["System", "mscorlib", "netstandard", "WindowsBase", "Microsoft.CSharp", "Microsoft.VisualBasic", "Microsoft.Win32"];
    private static readonly string[] Listeners = ["OpenTelemetry"];

    /// <summary>The product's own assemblies. By name and not by what it begins with: an application's may begin with the same word.</summary>
    private static readonly string[] Own =
    [
        "Observability", "Observability.AspNetCore", "Observability.AutoInstrumentation", "Observability.AutoInstrumentation.Bridge", "Observability.Ebpf", "Observability.Ebpf.Agent",
        "Observability.Kubernetes", "Observability.Logging", "Observability.Prometheus", "Observability.Sampling", "Observability.StartupHook", "Observability.Tool",
        "Observability.Weaver", "Observability.Weaver.Build", "Observability.Weaver.Startup",
    ];

    private static readonly string[] FrameworkKeys = ["b03f5f7f11d50a3a", "7cec85d7bea7798e", "b77a5c561934e089", "cc7b13ffcd2ddd51", "31bf3856ad364e35"];

    /// <summary>Why this assembly stays as it is; null when nothing speaks against weaving.</summary>
    public static string? Why(AssemblyDefinition assembly, bool includesListeners)
    {
        var name = assembly.Name.Name;
        if (IsOrIsUnder(name, Below) && FrameworkKeys.Contains(Hex(assembly.Name.PublicKeyToken)))
            return "it belongs to the framework that woven code itself calls";
        if (!includesListeners && (Own.Contains(name) || IsOrIsUnder(name, Listeners))) return "spans are made and exported there: a span about that would never end";
        if (assembly.Modules.Count > 1) return "it consists of several modules";
        if (assembly.MainModule.TypeSystem.CoreLibrary is AssemblyNameReference { Name: "mscorlib" }) return "it is for .NET Framework";
        if ((assembly.MainModule.Attributes & ModuleAttributes.ILOnly) == 0 && !ReadyToRun.Is(assembly.MainModule)) return "it mixes managed and native code";
        return Has(assembly, "System.Runtime.CompilerServices.ReferenceAssemblyAttribute") ? "it is a reference assembly, without code" : null;
    }

    private static bool IsOrIsUnder(string name, string[] roots) =>
        Array.Exists(roots, root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    private static bool Has(AssemblyDefinition assembly, string attribute) =>
        assembly.HasCustomAttributes && assembly.CustomAttributes.Any(found => found.AttributeType.FullName == attribute);

    private static string Hex(byte[]? token) => token is null ? "" : Convert.ToHexStringLower(token);
}

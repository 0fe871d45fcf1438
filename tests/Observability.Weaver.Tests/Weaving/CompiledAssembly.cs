using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>C# compiled in memory, with its symbols.</summary>
internal sealed record CompiledAssembly(string Name, byte[] Image, byte[]? Symbols)
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Observability", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static int s_count;

    /// <param name="prefix">Begins the assembly's name, which is unique so that tests can listen side by side; with an exclamation mark it is the name.</param>
    public static CompiledAssembly From(string source, bool optimized = true, string prefix = "Woven", DebugInformationFormat symbols = DebugInformationFormat.PortablePdb, Func<CSharpCompilationOptions, CSharpCompilationOptions>? configure = null, params string[] references)
    {
        var name = prefix.EndsWith('!') ? prefix[..^1] : $"{prefix}{Interlocked.Increment(ref s_count)}";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimized ? OptimizationLevel.Release : OptimizationLevel.Debug, allowUnsafe: true, deterministic: true);
        var tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), path: "Subject.cs", encoding: System.Text.Encoding.UTF8);
        var compilation = CSharpCompilation.Create(name, [tree, Traced], [.. References, .. references.Select(path => MetadataReference.CreateFromFile(path))], configure?.Invoke(options) ?? options);
        using var image = new MemoryStream();
        using var pdb = new MemoryStream();
        var embedded = symbols == DebugInformationFormat.Embedded;
        var result = compilation.Emit(image, embedded ? null : pdb, options: new EmitOptions(debugInformationFormat: symbols));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(fault => fault.Severity == DiagnosticSeverity.Error)));
        return new CompiledAssembly(name, image.ToArray(), embedded ? null : pdb.ToArray());
    }

    private static SyntaxTree Traced => CSharpSyntaxTree.ParseText("""
        namespace Observability;
        [System.AttributeUsage(System.AttributeTargets.All)]
        internal sealed class TracedAttribute(string? name = null) : System.Attribute
        {
            public string? Name { get; } = name;
            public System.Diagnostics.ActivityKind Kind { get; set; }
            public string[]? Tags { get; set; }
            public string? Return { get; set; }
            public bool Metrics { get; set; }
            public string? Source { get; set; }
        }
        """, new CSharpParseOptions(LanguageVersion.Latest), path: "Traced.cs", encoding: System.Text.Encoding.UTF8);
}

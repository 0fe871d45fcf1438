using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using TestPeers;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>C# compiled in memory, with its symbols.</summary>
internal sealed record CompiledAssembly(string Name, byte[] Image, byte[]? Symbols)
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Observability", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly CSharpParseOptions Latest = new(LanguageVersion.Latest, preprocessorSymbols: ["NET5_0_OR_GREATER"]);

    private static readonly string TracedSource = File.ReadAllText(Repository.File("src", "Observability.Weaver.Build", "sources", "TracedAttribute.cs"));

    private static int s_count;

    /// <param name="prefix">Begins the assembly's name, which is unique so that tests can listen side by side; with an exclamation mark it is the name.</param>
    public static CompiledAssembly From(string source, bool optimized = true, string prefix = "Woven", DebugInformationFormat symbols = DebugInformationFormat.PortablePdb, CSharpParseOptions? parsing = null, Func<CSharpCompilationOptions, CSharpCompilationOptions>? configure = null, params string[] references)
    {
        var name = prefix.EndsWith('!') ? prefix[..^1] : $"{prefix}{Interlocked.Increment(ref s_count)}";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimized ? OptimizationLevel.Release : OptimizationLevel.Debug, allowUnsafe: true, deterministic: true);
        var tree = CSharpSyntaxTree.ParseText(source, parsing ?? Latest, path: "Subject.cs", encoding: System.Text.Encoding.UTF8);
        // The attribute as the build package brings it.
        var traced = CSharpSyntaxTree.ParseText(TracedSource, parsing ?? Latest, path: "Traced.cs", encoding: System.Text.Encoding.UTF8);
        var compilation = CSharpCompilation.Create(name, [tree, traced], [.. References, .. references.Select(path => MetadataReference.CreateFromFile(path))], configure?.Invoke(options) ?? options);
        using var image = new MemoryStream();
        using var pdb = new MemoryStream();
        var embedded = symbols == DebugInformationFormat.Embedded;
        var result = compilation.Emit(image, embedded ? null : pdb, options: new EmitOptions(debugInformationFormat: symbols));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(fault => fault.Severity == DiagnosticSeverity.Error)));
        return new CompiledAssembly(name, image.ToArray(), embedded ? null : pdb.ToArray());
    }
}

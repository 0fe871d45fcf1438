using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TestPeers;

namespace Documentation.Tests.Samples;

/// <summary>
/// Compiles a sample as <c>dotnet run sample.cs</c> does: top-level statements, the SDK's implicit usings, and as
/// references whatever this test project runs with, which is every package of the product and its usual company.
/// </summary>
internal static class SampleCompiler
{
    private static readonly CSharpParseOptions Syntax = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(string.Concat(
        new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" }
            .Select(name => $"global using global::{name};\n")), Syntax);

    /// <summary>Sources that packages add to a project's own.</summary>
    private static readonly SyntaxTree[] Added =
        [.. Directory.GetDirectories(Repository.File("src")).Select(folder => Path.Combine(folder, "sources")).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.cs")).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Syntax))];

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly ISourceGenerator LoggingGenerator = FindLoggingGenerator();

    /// <summary>What the compiler has against the sample, each with its line in the page.</summary>
    public static IReadOnlyList<string> Faults(string page, int line, string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text, Syntax);
        var isProgram = tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        CSharpGeneratorDriver.Create([LoggingGenerator], parseOptions: Syntax)
            .RunGeneratorsAndUpdateCompilation(CSharpCompilation.Create("Sample", [tree, ImplicitUsings, .. Added], References, options), out var compilation, out var generation);
        return [.. generation.Concat(compilation.GetDiagnostics())
            .Where(IsFault)
            .Select(fault => $"{page}:{line + fault.Location.GetLineSpan().StartLinePosition.Line}: {fault.Id}: {fault.GetMessage()}")];
    }

    private static ISourceGenerator FindLoggingGenerator()
    {
        var path = typeof(SampleCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(LoggingGenerator)).Value!;
        var type = Assembly.LoadFrom(path).GetTypes().Single(type => type.GetCustomAttribute<GeneratorAttribute>() is not null);
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }

    /// <summary>Errors, and the use of what is obsolete or forgotten: a page should not teach it.</summary>
    private static bool IsFault(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id is "CS0612" or "CS0618" or "CS4014";
}

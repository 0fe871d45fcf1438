using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;

namespace Observability.Weaver.Reading;

/// <summary>An assembly with its symbols, read into memory.</summary>
internal sealed class AssemblyInput : IDisposable
{
    private AssemblyInput(AssemblyDefinition assembly, SymbolFormat symbols)
    {
        Assembly = assembly;
        Symbols = symbols;
    }

    public AssemblyDefinition Assembly { get; }
    public ModuleDefinition Module => Assembly.MainModule;
    public SymbolFormat Symbols { get; }

    /// <summary>Reads the assembly; without symbols, and with a word about it, when they are of another build or another format.</summary>
    public static AssemblyInput Read(Stream assembly, Stream? symbols, IAssemblyResolver resolver, WeaveReport report)
    {
        var image = Copied(assembly);
        ImageCheck.Run(image);
        if (symbols is not null && Try(image, Copied(symbols), SymbolFormat.Portable, resolver, report) is { } portable) return portable;
        if (symbols is null && HasEmbeddedSymbols(image, resolver) && Try(image, null, SymbolFormat.Embedded, resolver, report) is { } embedded) return embedded;
        return new AssemblyInput(AssemblyDefinition.ReadAssembly(Rewound(image), Parameters(resolver)), SymbolFormat.None);
    }

    public void Dispose() => Assembly.Dispose();

    private static AssemblyInput? Try(MemoryStream image, Stream? symbols, SymbolFormat format, IAssemblyResolver resolver, WeaveReport report)
    {
        var parameters = Parameters(resolver);
        parameters.ReadSymbols = true;
        parameters.SymbolStream = symbols;
        parameters.SymbolReaderProvider = format == SymbolFormat.Embedded ? new EmbeddedPortablePdbReaderProvider() : new PortablePdbReaderProvider();
        try
        {
            return new AssemblyInput(AssemblyDefinition.ReadAssembly(Rewound(image), parameters), format);
        }
        catch (Exception fault) when (fault is SymbolsNotMatchingException or SymbolsNotFoundException or BadImageFormatException or InvalidOperationException or NotSupportedException or InvalidDataException)
        {
            report.Add(new WeaveDiagnostic("OBS7013", report.Assembly, $"its symbols cannot be read ({fault.Message.TrimEnd('.')}), so stack traces of the woven assembly have no line numbers", IsWarning: true));
            return null;
        }
    }

    private static ReaderParameters Parameters(IAssemblyResolver resolver) => new()
    {
        AssemblyResolver = resolver,
        MetadataResolver = new TypeResolver(resolver),
        MetadataImporterProvider = new RuntimeImport.Provider(),
        ReadingMode = ReadingMode.Deferred,
        InMemory = true,
    };

    private static bool HasEmbeddedSymbols(MemoryStream image, IAssemblyResolver resolver)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image.ToArray()), Parameters(resolver));
        return assembly.MainModule.GetDebugHeader().Entries.Any(entry => entry.Directory.Type == ImageDebugType.EmbeddedPortablePdb);
    }

    private static MemoryStream Copied(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    /// <summary>Cecil closes the streams that it read from.</summary>
    private static MemoryStream Rewound(MemoryStream image) => new(image.ToArray());
}

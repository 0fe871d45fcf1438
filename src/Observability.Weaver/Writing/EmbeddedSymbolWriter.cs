using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Writing;

/// <summary>Embeds symbols in an assembly that is written to a stream: Cecil's own provider insists on a file name, and uses only its last part.</summary>
internal sealed class EmbeddedSymbolWriter : ISymbolWriterProvider
{
    private readonly EmbeddedPortablePdbWriterProvider _embedded = new();

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) => _embedded.GetSymbolWriter(module, module.Name);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) => _embedded.GetSymbolWriter(module, module.Name);
}

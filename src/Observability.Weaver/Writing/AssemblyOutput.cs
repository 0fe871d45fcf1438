using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Reading;

namespace Observability.Weaver.Writing;

/// <summary>Writes a woven assembly: symbols in the format they came in, a signature when there is a key, the same bytes every time.</summary>
internal sealed class AssemblyOutput(AssemblyInput input, byte[]? key, WeaveReport report)
{
    public void Write(Stream output, Stream? symbolsOutput)
    {
        TellWhatIsLost();
        (input.Module.MetadataResolver as TypeResolver)?.LearnFromConstants(input.Module);
        var parameters = new WriterParameters { DeterministicMvid = true, WriteSymbols = input.Symbols != SymbolFormat.None };
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        if (input.Symbols == SymbolFormat.Portable)
        {
            parameters.SymbolStream = symbols;
            parameters.SymbolWriterProvider = new PortablePdbWriterProvider();
        }
        else if (input.Symbols == SymbolFormat.Embedded)
        {
            parameters.SymbolWriterProvider = new EmbeddedSymbolWriter();
        }
        if (key is not null) parameters.StrongNameKeyBlob = key;
        input.Assembly.Write(image, parameters);

        output.Write(image.GetBuffer().AsSpan(0, (int)image.Length));
        report.SymbolsWritten = input.Symbols != SymbolFormat.None;
        if (input.Symbols == SymbolFormat.Portable) symbolsOutput?.Write(symbols.ToArray());
    }

    private void TellWhatIsLost()
    {
        var module = input.Module;
        if (ReadyToRun.Is(module) || ReadyToRun.IsMarked(module))
        {
            ReadyToRun.MakeIL(module);
            report.Add(new WeaveDiagnostic("OBS7010", report.Assembly, "its precompiled native code (ReadyToRun) no longer fits and is left out; the JIT compiles it at run time"));
        }
        if (key is not null || !input.Assembly.Name.HasPublicKey) return;
        module.Attributes &= ~ModuleAttributes.StrongNameSigned;
        report.Add(new WeaveDiagnostic("OBS7009", report.Assembly, "its strong name stays but its signature no longer holds; .NET does not check it, and a key signs it anew"));
    }
}

namespace Observability.Weaver.Reading;

/// <summary>Where an assembly's debugging information is.</summary>
internal enum SymbolFormat
{
    None,
    Portable,
    Embedded,
}

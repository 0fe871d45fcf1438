namespace Observability.Ebpf.Agent.Objects;

internal readonly record struct ElfSymbol(string Name, int Section, int Value);

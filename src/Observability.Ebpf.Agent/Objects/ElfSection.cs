namespace Observability.Ebpf.Agent.Objects;

internal sealed record ElfSection(string Name, int Index, int NameOffset, uint Type, int Offset, int Length, int Link, int Info);

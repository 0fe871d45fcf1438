namespace Observability.Ebpf.Agent.Kernel;

/// <summary>What a map is; two maps of one shape can stand for each other.</summary>
internal readonly record struct MapShape(MapType Type, uint KeySize, uint ValueSize, uint Entries, uint Flags);

namespace Observability.Ebpf.Agent.Objects;

/// <summary>One type; <see cref="Members"/> is where in the data its members begin, <see cref="SizeOrType"/> a size or another type's number.</summary>
internal readonly record struct BtfType(int Id, BtfKind Kind, int Count, uint SizeOrType, int NameOffset, int Start, int Members);

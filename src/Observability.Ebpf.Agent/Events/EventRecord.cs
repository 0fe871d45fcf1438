namespace Observability.Ebpf.Agent.Events;

/// <summary>A kernel event in words: what is sent.</summary>
/// <param name="Name">Such as <c>tcp.retransmit</c>.</param>
/// <param name="Time">When it happened.</param>
/// <param name="TraceId">32 hexadecimal digits, or null.</param>
/// <param name="SpanId">16 hexadecimal digits, or null.</param>
/// <param name="Sampled">Whether the trace is.</param>
/// <param name="Attribution"><c>exact</c>, <c>last</c>, <c>thread</c> or <c>none</c>.</param>
/// <param name="Attributes">All else.</param>
internal sealed record EventRecord(string Name, DateTimeOffset Time, string? TraceId, string? SpanId, bool Sampled, string Attribution, IReadOnlyList<KeyValuePair<string, object?>> Attributes);

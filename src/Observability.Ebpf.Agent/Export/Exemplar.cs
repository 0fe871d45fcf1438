namespace Observability.Ebpf.Agent.Export;

/// <summary>One observation that names its trace.</summary>
internal sealed record Exemplar(string TraceId, string SpanId, double Value, DateTimeOffset Time);

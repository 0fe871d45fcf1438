namespace Observability.Ebpf.Agent.Loading;

/// <summary>One program: loaded, or why not.</summary>
/// <param name="Name">The function in the source.</param>
/// <param name="Tracepoint">Where it is attached.</param>
/// <param name="Descriptor">The loaded program, or -1.</param>
/// <param name="Failure">Why it could not be loaded, in words; null when it is loaded.</param>
internal sealed record ProgramOutcome(string Name, string Tracepoint, int Descriptor, string? Failure);

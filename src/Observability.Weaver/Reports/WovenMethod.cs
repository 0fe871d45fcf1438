namespace Observability.Weaver;

/// <summary>A method that was woven.</summary>
/// <param name="Function">Full name: the attribute <c>code.function.name</c> of its spans.</param>
/// <param name="SpanName">Name of its spans.</param>
/// <param name="Shape">How it runs.</param>
/// <param name="Spans">Whether it makes spans.</param>
/// <param name="Metrics">Whether its calls are counted and timed.</param>
public sealed record WovenMethod(string Function, string SpanName, MethodShape Shape, bool Spans, bool Metrics);

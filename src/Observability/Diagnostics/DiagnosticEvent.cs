using System.Diagnostics.Tracing;

namespace Observability.Diagnostics;

/// <summary>One own failure: its stable id, its weight, its words.</summary>
internal sealed record DiagnosticEvent(int Id, EventLevel Level, string Message);

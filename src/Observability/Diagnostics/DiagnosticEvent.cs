using System.Diagnostics.Tracing;

namespace Observability.Diagnostics;

/// <summary>One own failure: its stable id, its weight, its words. A class: .NET has no machine code for a channel of our values, so that it would be compiled at every start.</summary>
internal sealed record DiagnosticEvent(int Id, EventLevel Level, string Message);

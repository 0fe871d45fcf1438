using System.Diagnostics;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>The propagators that were asked for, and what was wrong with the asking.</summary>
/// <param name="Names">The names that were understood, in order, each once.</param>
/// <param name="TextMap">For libraries that ask OpenTelemetry's <c>Propagators.DefaultTextMapPropagator</c>.</param>
/// <param name="Activity">For HttpClient and ASP.NET Core, which ask .NET.</param>
/// <param name="Faults">What could not be understood; empty when all was.</param>
internal sealed record PropagatorSelection(
    IReadOnlyList<string> Names,
    TextMapPropagator TextMap,
    DistributedContextPropagator Activity,
    IReadOnlyList<string> Faults);

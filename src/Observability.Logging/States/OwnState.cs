using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Whether a state is one of Microsoft.Extensions.Logging's own, whose text is its template, rendered. Asked once a type: the answer then costs a call nothing.</summary>
internal static class OwnState<TState>
{
    public static readonly bool Is = typeof(TState).Assembly == typeof(LoggerMessage).Assembly;
}

namespace Observability.Propagation;

/// <summary>
/// B3's and Jaeger's "debug" mark (record this trace whatever the samplers say). W3C has no such flag and the specification wants it
/// passed on, so between extraction and injection it rides in the trace state as the member <c>b3=d</c>.
/// </summary>
internal static class DebugFlag
{
    public const string TraceState = "b3=d";

    public static bool IsSet(string? traceState)
    {
        if (string.IsNullOrEmpty(traceState)) return false;
        foreach (var range in traceState.AsSpan().Split(','))
            if (traceState.AsSpan(range).Trim().SequenceEqual(TraceState)) return true;
        return false;
    }
}

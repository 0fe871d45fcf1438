namespace Observability.AspNetCore.Enrichment;

/// <summary>
/// The tracestate of a span whose sampled flag was taken back: without the threshold (<c>ot=th</c>) by which it was kept. Whoever
/// believes thresholds would otherwise keep what is below the span.
/// </summary>
internal static class UnsampledTraceState
{
    private const string Otel = "ot=";
    private const string Threshold = "th:";

    public static string? Of(string? traceState) => traceState?.Contains(Threshold, StringComparison.Ordinal) is true
        ? string.Join(',', traceState.Split(',', StringSplitOptions.TrimEntries).Select(WithoutThreshold).Where(static member => member.Length > 0))
        : traceState;

    private static string WithoutThreshold(string member)
    {
        if (!member.StartsWith(Otel, StringComparison.Ordinal)) return member;
        var pairs = string.Join(';', member[Otel.Length..].Split(';').Where(static pair => !pair.StartsWith(Threshold, StringComparison.Ordinal)));
        return pairs.Length == 0 ? "" : Otel + pairs;
    }
}

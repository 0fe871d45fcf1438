using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>Estimates the memory that an ended span holds, rather too high than too low.</summary>
internal static class SpanSize
{
    private const int Span = 700;
    private const int Entry = 120;

    public static long Of(Activity span)
    {
        long bytes = Span + (2 * span.DisplayName.Length) + (2 * (span.TraceStateString?.Length ?? 0));
        foreach (ref readonly var tag in span.EnumerateTagObjects()) bytes += Entry + (2 * tag.Key.Length) + OfValue(tag.Value);
        foreach (ref readonly var happening in span.EnumerateEvents())
        {
            bytes += (2 * Entry) + (2 * happening.Name.Length);
            foreach (ref readonly var tag in happening.EnumerateTagObjects()) bytes += Entry + (2 * tag.Key.Length) + OfValue(tag.Value);
        }
        foreach (ref readonly var link in span.EnumerateLinks())
        {
            bytes += 2 * Entry;
            foreach (ref readonly var tag in link.EnumerateTagObjects()) bytes += Entry + (2 * tag.Key.Length) + OfValue(tag.Value);
        }
        return bytes;
    }

    private static long OfValue(object? value) => value switch
    {
        null => 0,
        string text => 32 + (2L * text.Length),
        string?[] texts => texts.Sum(text => 40 + (2L * (text?.Length ?? 0))),
        Array array => 32 + (16L * array.Length),
        _ => 32,
    };
}

using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Propagation;

/// <summary>
/// Reads B3 (https://github.com/openzipkin/b3-propagation) in either encoding; the single header wins over the several ones.
/// A header of more than 128 characters is no B3 header. A missing sampling state ("decide yourself") reads as not sampled, because
/// <see cref="ActivityContext"/> knows only two states; root samplers that look at the parent's flag see what other SDKs show them.
/// </summary>
internal static class B3Extraction
{
    public const string Single = "b3";
    public const string TraceId = "X-B3-TraceId";
    public const string SpanId = "X-B3-SpanId";
    public const string Sampled = "X-B3-Sampled";
    public const string Flags = "X-B3-Flags";

    private const int LongestHeader = 128;

    public static PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        if (context.ActivityContext.IsValid() || carrier is null) return context;
        try
        {
            var found = FromSingle(HeaderReader.First(carrier, getter, Single, LongestHeader)) ?? FromSeveral(carrier, getter);
            return found is { } parent ? new PropagationContext(parent, context.Baggage) : context;
        }
        catch (Exception)
        {
            // The carrier is the application's or a library's; when it fails, the trace starts anew here.
            return context;
        }
    }

    /// <summary><c>{trace id}-{span id}[-{0|1|d}[-{parent span id}]]</c>.</summary>
    private static ActivityContext? FromSingle(string? header)
    {
        if (header is null) return null;
        Span<Range> parts = stackalloc Range[5];
        var text = header.AsSpan();
        var count = text.Split(parts, '-');
        if (count is < 2 or > 4) return null;
        var state = count > 2 ? text[parts[2]] : "0";
        if (state.Length != 1 || !"01d".Contains(state[0])) return null;
        return Parent(text[parts[0]], text[parts[1]], sampled: state[0] != '0', debug: state[0] == 'd');
    }

    private static ActivityContext? FromSeveral<T>(T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        if (HeaderReader.First(carrier, getter, TraceId, LongestHeader) is not { } traceId) return null;
        if (HeaderReader.First(carrier, getter, SpanId, LongestHeader) is not { } spanId) return null;
        var debug = HeaderReader.First(carrier, getter, Flags, LongestHeader) == "1";
        var state = HeaderReader.First(carrier, getter, Sampled, LongestHeader);
        // "true" is what tracers from before the format's 1.0 sent.
        return Parent(traceId, spanId, debug || state == "1" || string.Equals(state, "true", StringComparison.OrdinalIgnoreCase), debug);
    }

    private static ActivityContext? Parent(ReadOnlySpan<char> traceId, ReadOnlySpan<char> spanId, bool sampled, bool debug)
    {
        if (traceId.Length is not (16 or 32) || spanId.Length != 16) return null;
        if (!HexIdentifier.TryReadTraceId(traceId, out var trace) || !HexIdentifier.TryReadSpanId(spanId, out var span)) return null;
        var flags = sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return new ActivityContext(trace, span, flags, debug ? DebugFlag.TraceState : null, isRemote: true);
    }
}

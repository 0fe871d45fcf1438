using System.Diagnostics;

namespace Shop.Data;

/// <summary>Carries a trace across the outbox: from the span that sends a message to the span that processes it.</summary>
public static class OutboxTraceContext
{
    // The columns are this application's own contract, so they are W3C whatever OTEL_PROPAGATORS says of the network.
    private static readonly DistributedContextPropagator W3C = DistributedContextPropagator.CreateW3CPropagator();

    public static void Inject(Activity? span, OutboxMessage message) =>
        W3C.Inject(span ?? Activity.Current, message, static (carrier, header, value) =>
        {
            var message = (OutboxMessage)carrier!;
            switch (header)
            {
                case "traceparent": message.TraceParent = value; break;
                case "tracestate": message.TraceState = value; break;
                case "baggage": message.Baggage = value; break;
            }
        });

    /// <summary>The sending span's context; the default one, which starts a new trace, when the row has none or a malformed one.</summary>
    public static ActivityContext Extract(OutboxMessage message) =>
        ActivityContext.TryParse(message.TraceParent, message.TraceState, isRemote: true, out var context) ? context : default;

    public static IEnumerable<KeyValuePair<string, string?>> ExtractBaggage(OutboxMessage message) =>
        W3C.ExtractBaggage(message, static (object? carrier, string header, out string? value, out IEnumerable<string>? values) =>
        {
            value = header == "baggage" ? ((OutboxMessage)carrier!).Baggage : null;
            values = null;
        }) ?? [];
}

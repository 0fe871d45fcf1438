namespace Shop.Collector;

internal sealed record SpanEvent(string Name, ulong Time, IReadOnlyDictionary<string, string> Attributes);

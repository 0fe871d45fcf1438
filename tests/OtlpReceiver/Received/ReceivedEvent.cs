namespace OtlpReceiver;

public sealed record ReceivedEvent(string Name, ulong UnixNano, IReadOnlyDictionary<string, object?> Attributes);

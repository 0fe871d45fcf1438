namespace OtlpReceiver;

/// <summary>One export call, whatever it was answered with.</summary>
public sealed record ReceivedRequest(
    OtlpSignal Signal,
    OtlpProtocol Protocol,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    bool IsCompressed,
    string? ClientCertificate,
    Answer Answer);

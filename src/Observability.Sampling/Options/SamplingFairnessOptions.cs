namespace Observability.Sampling;

/// <summary>
/// Keeps rare operations visible: the first traces of each operation in a minute are kept whatever the ratio says.
/// An operation is the span's kind, name, method and path, where path segments with digits count as one.
/// </summary>
public sealed class SamplingFairnessOptions
{
    /// <summary>Traces of each operation that are kept per minute at least. 0 to 1000. Default: 0, which switches fairness off.</summary>
    public int MinPerMinute { get; set; }

    /// <summary>Operations that are remembered; those beyond have no guarantee. 16 to 65536; 32 bytes each. Default: 1024.</summary>
    public int MaxOperations { get; set; } = 1024;

    internal SamplingFairnessOptions Copy() => (SamplingFairnessOptions)MemberwiseClone();
}

namespace Observability.Sampling;

/// <summary>
/// Keeps failed and slow work that the head sampler dropped: the spans under each local root wait in memory until it ends.
/// Costs a recorded span per dropped one, so it is off by default. Kept spans carry no threshold; the parts of the
/// trace in other processes are not brought back.
/// </summary>
public sealed class SamplingTailOptions
{
    /// <summary>Switches the buffer on. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Keeps a local trace in which a span ended with the status Error. Default: true.</summary>
    public bool KeepErrors { get; set; } = true;

    /// <summary>Keeps a local trace whose root took at least so many milliseconds; 0 keeps none for slowness. 0 to 3600000. Default: 500.</summary>
    public int SlowMs { get; set; } = 500;

    /// <summary>Memory that waiting spans may take together, estimated, in MiB. 1 to 4096. Default: 64.</summary>
    public int MaxMiB { get; set; } = 64;

    /// <summary>Local traces that may wait at once. 1 to 1000000. Default: 20000.</summary>
    public int MaxTraces { get; set; } = 20_000;

    /// <summary>Time that a local trace may wait, in seconds; older ones are decided by what they hold. 1 to 3600. Default: 60.</summary>
    public int MaxAgeSeconds { get; set; } = 60;

    internal SamplingTailOptions Copy() => (SamplingTailOptions)MemberwiseClone();
}

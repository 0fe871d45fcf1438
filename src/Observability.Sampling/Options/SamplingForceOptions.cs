namespace Observability.Sampling;

/// <summary>
/// Lets a caller who knows a secret have one request traced. The header or baggage entry carries a token that
/// <see cref="ForceToken"/> makes: an expiry time and its HMAC-SHA256, never the secret itself.
/// </summary>
public sealed class SamplingForceOptions
{
    /// <summary>The request header that carries the token, e.g. <c>x-obs-debug</c>. Default: none.</summary>
    public string? Header { get; set; }

    /// <summary>The baggage entry that carries the token, e.g. <c>obs.force</c>; it travels on to the services behind. Default: none.</summary>
    public string? Baggage { get; set; }

    /// <summary>The environment variable (or configuration key) that holds the shared secret. Default: none.</summary>
    public string? SecretEnv { get; set; }

    /// <summary>The shared secret itself, for code; at least 16 characters. Prefer <see cref="SecretEnv"/>. Default: none.</summary>
    public string? Secret { get; set; }

    /// <summary>Traces per second that may be forced; above that the ordinary rules decide. Above 0, at most 1000. Default: 5.</summary>
    public double MaxPerSecond { get; set; } = 5;

    /// <summary>How far ahead a token may expire, in seconds; later ones are refused. 1 to 86400. Default: 3600.</summary>
    public int MaxTokenAgeSeconds { get; set; } = 3600;

    internal SamplingForceOptions Copy() => (SamplingForceOptions)MemberwiseClone();
}

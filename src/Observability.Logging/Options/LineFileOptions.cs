namespace Observability.Logging;

/// <summary>A log file and its rotation.</summary>
public sealed class LineFileOptions
{
    /// <summary>Path of the current file; older ones carry the time of their rotation before the extension. Default: none; required for <see cref="LineDestination.File"/>.</summary>
    public string? Path { get; set; }

    /// <summary>Size at which the file is rotated, in bytes. Default: 100 MiB. Range: 64 KiB to 1 TiB.</summary>
    public long MaxBytes { get; set; } = 100L << 20;

    /// <summary>Age at which the file is rotated, in minutes from its first line; 0 never rotates by age. Default: 1,440, a day. Range: 0 to 525,600.</summary>
    public int MaxAgeMinutes { get; set; } = 1_440;

    /// <summary>How many rotated files are kept; the oldest are deleted. Default: 10. Range: 0 to 10,000.</summary>
    public int KeepFiles { get; set; } = 10;
}

namespace Observability.Logging;

/// <summary>Settings of the JSON line logger. Bound to the section <c>Logging:JsonLines</c>; every fault is listed when the provider is built.</summary>
public sealed class JsonLinesOptions
{
    /// <summary>Name of the service, the line's <c>service</c> field. Default: the name of the entry assembly.</summary>
    public string? Service { get; set; }

    /// <summary>Version of the service, written by the profiles that have a field for it. Default: none.</summary>
    public string? ServiceVersion { get; set; }

    /// <summary>Deployment environment such as <c>production</c>, written by the profiles that have a field for it. Default: none.</summary>
    public string? Environment { get; set; }

    /// <summary>Google Cloud project id, the prefix of the trace's resource name in <see cref="LineProfile.GoogleCloud"/>. Default: none, the bare trace id is written.</summary>
    public string? GoogleCloudProject { get; set; }

    /// <summary>The backend that the fields are named for. Default: <see cref="LineProfile.Default"/>.</summary>
    public LineProfile Profile { get; set; }

    /// <summary>JSON, or a readable line for people. Default: <see cref="LineRendering.Auto"/>, readable on an interactive terminal only.</summary>
    public LineRendering Rendering { get; set; }

    /// <summary>Where lines go. Default: <see cref="LineDestination.Stdout"/>.</summary>
    public LineDestination Destination { get; set; }

    /// <summary>Path and rotation when <see cref="Destination"/> is <see cref="LineDestination.File"/>.</summary>
    public LineFileOptions File { get; set; } = new();

    /// <summary>Writes the scopes' items as attributes. Default: true.</summary>
    public bool IncludeScopes { get; set; } = true;

    /// <summary>Writes <c>trace_id</c> and <c>span_id</c> as empty strings when no span is current. Default: false, they are absent.</summary>
    public bool EmptyIdsWithoutSpan { get; set; }

    /// <summary>Longest line, in bytes with its newline; what does not fit is cut and the line says <c>"truncated":true</c>. Default: 16,383, below what container runtimes split. A reload does not change it. Range: 4,096 to 1,048,576.</summary>
    public int MaxLineBytes { get; set; } = 16_383;

    /// <summary>Deepest nesting of a destructured value, a dictionary or a collection. Default: 5. Range: 1 to 16.</summary>
    public int MaxDepth { get; set; } = 5;

    /// <summary>Most items written of a collection, a dictionary or a destructured object. Default: 64. Range: 1 to 4,096.</summary>
    public int MaxItems { get; set; } = 64;

    /// <summary>Memory for lines that wait for a slow output, in bytes. Default: 16 MiB. Range: 1 MiB to 1 GiB, and at least eight times <see cref="MaxLineBytes"/>.</summary>
    public int MaxQueueBytes { get; set; } = 16 << 20;

    /// <summary>What the caller does when the queue is full. Default: <see cref="FullQueue.Drop"/>, so that it never blocks.</summary>
    public FullQueue WhenFull { get; set; }

    /// <summary>Longest wait of a caller with <see cref="FullQueue.Wait"/>, in milliseconds; then the line is dropped and counted. Default: 1,000. Range: 1 to 60,000.</summary>
    public int FullWaitMilliseconds { get; set; } = 1_000;

    /// <summary>Longest time that a line waits for more lines before it is written, in milliseconds. Default: 10. Range: 1 to 10,000.</summary>
    public int LingerMilliseconds { get; set; } = 10;

    /// <summary>Longest wait for the output when the process ends or the provider is disposed, in milliseconds. Default: 2,000. Range: 0 to 60,000.</summary>
    public int ExitWaitMilliseconds { get; set; } = 2_000;

    /// <summary>Longest wait of a fatal line's caller until the line is written, in milliseconds, so that a crash right after it loses nothing. Default: 200; 0 does not wait. Range: 0 to 10,000.</summary>
    public int FatalWaitMilliseconds { get; set; } = 200;

    /// <summary>Which values are hidden.</summary>
    public RedactionOptions Redaction { get; set; } = new();

    /// <summary>How many lines of one message template are let through.</summary>
    public RateLimitOptions RateLimit { get; set; } = new();

    /// <summary>How many lines of traces that are not sampled are let through.</summary>
    public TraceSamplingOptions TraceSampling { get; set; } = new();

    /// <summary>The faults of the values that the configuration has for these settings and that could not be read.</summary>
    internal List<string> Unreadable { get; } = [];
}

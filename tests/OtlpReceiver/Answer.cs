namespace OtlpReceiver;

/// <summary>How the receiver answers an export call: properly, or in one of the ways that collectors fail.</summary>
public sealed record Answer
{
    private Answer(string name) => Name = name;

    public string Name { get; }

    internal AnswerKind Kind { get; private init; }
    internal TimeSpan? Time { get; private init; }
    internal int HttpStatus { get; private init; } = 200;
    internal int GrpcStatus { get; private init; }
    internal long Rejected { get; private init; }
    internal string? Message { get; private init; }

    /// <summary>Takes everything.</summary>
    public static Answer Accept { get; } = new(nameof(Accept));

    /// <summary>Closes the connection without a word.</summary>
    public static Answer Reset { get; } = new(nameof(Reset)) { Kind = AnswerKind.Reset };

    /// <summary>Says yes in a well-formed response whose body is not a message.</summary>
    public static Answer Garbage { get; } = new(nameof(Garbage)) { Kind = AnswerKind.Garbage };

    /// <summary>Says no for good: 400, or INVALID_ARGUMENT.</summary>
    public static Answer Refuse { get; } = new(nameof(Refuse)) { Kind = AnswerKind.Status, HttpStatus = 400, GrpcStatus = 3, Message = "refused" };

    /// <summary>Never answers until the caller gives up.</summary>
    public static Answer Never { get; } = new(nameof(Never)) { Kind = AnswerKind.Slow, Time = Timeout.InfiniteTimeSpan };

    /// <summary>Takes everything, after a while.</summary>
    public static Answer Slowly(TimeSpan delay) => new(nameof(Slowly)) { Kind = AnswerKind.Slow, Time = delay };

    /// <summary>503, or UNAVAILABLE; with Retry-After or RetryInfo when a delay is given.</summary>
    public static Answer Unavailable(TimeSpan? retryAfter = null) =>
        new(nameof(Unavailable)) { Kind = AnswerKind.Status, HttpStatus = 503, GrpcStatus = 14, Message = "unavailable", Time = retryAfter };

    /// <summary>429, or RESOURCE_EXHAUSTED; with Retry-After or RetryInfo when a delay is given.</summary>
    public static Answer TooMany(TimeSpan? retryAfter = null) =>
        new(nameof(TooMany)) { Kind = AnswerKind.Status, HttpStatus = 429, GrpcStatus = 8, Message = "too many", Time = retryAfter };

    /// <summary>Takes everything but says that some was rejected.</summary>
    public static Answer PartialSuccess(long rejected, string message) =>
        new(nameof(PartialSuccess)) { Rejected = rejected, Message = message };

    public override string ToString() => Name;
}

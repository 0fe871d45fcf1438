using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>A span about to start, for <see cref="PolicySampler.Explain"/>. The defaults describe a root server span of ASP.NET Core.</summary>
public sealed class SamplingRequest
{
    /// <summary>The span's kind. Default: server.</summary>
    public ActivityKind Kind { get; init; } = ActivityKind.Server;

    /// <summary>The span's name at start. Default: the one that ASP.NET Core starts with, which is the same for every request.</summary>
    public string SpanName { get; init; } = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    /// <summary>The HTTP method. Default: none.</summary>
    public string? Method { get; init; }

    /// <summary>The URL's path. Default: none.</summary>
    public string? Path { get; init; }

    /// <summary>The host. Default: none.</summary>
    public string? Host { get; init; }

    /// <summary>The user agent. Default: none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Further start attributes. Headers are <c>http.request.header.NAME</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = new Dictionary<string, object?>();

    /// <summary>The parent, or <c>default</c> for a root.</summary>
    public ActivityContext Parent { get; init; }

    /// <summary>The trace id, or <c>default</c> to ask for the probability alone.</summary>
    public ActivityTraceId TraceId { get; init; }
}

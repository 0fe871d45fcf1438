namespace Observability.Resources;

/// <summary>What the user or the host said about the service, in code or configuration.</summary>
internal sealed record GivenIdentity
{
    public string? ServiceName { get; init; }
    public string? ServiceNamespace { get; init; }
    public string? ServiceVersion { get; init; }
    public string? ServiceInstanceId { get; init; }

    /// <summary>The deployment environment by its telemetry name: taken as it is.</summary>
    public string? Environment { get; init; }

    /// <summary>The host's environment name ("Production"), for when nothing names the deployment environment.</summary>
    public string? HostEnvironment { get; init; }

    public IEnumerable<KeyValuePair<string, string>> Attributes { get; init; } = [];
}

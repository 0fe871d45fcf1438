namespace OtlpReceiver;

/// <summary>Who sent a record: the resource and the instrumentation scope it arrived under.</summary>
public sealed record ReceivedOrigin(IReadOnlyDictionary<string, object?> Resource, string Scope, string ScopeVersion)
{
    public string? Service => Resource.GetValueOrDefault("service.name") as string;
}

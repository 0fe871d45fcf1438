using System.Text.Json;
using System.Text.Json.Serialization;

namespace Observability.Tests.Export.Zipkin;

/// <summary>Zipkin's published model of a span (zipkin2-api.yaml): its fields and no others, its types, its patterns.</summary>
internal sealed record ZipkinSpan(
    [property: JsonRequired] string TraceId,
    [property: JsonRequired] string Id,
    string? ParentId,
    string? Kind,
    string? Name,
    long? Timestamp,
    long? Duration,
    bool? Debug,
    bool? Shared,
    ZipkinEndpoint? LocalEndpoint,
    ZipkinEndpoint? RemoteEndpoint,
    IReadOnlyList<ZipkinNote>? Annotations,
    IReadOnlyDictionary<string, string>? Tags)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
    };

    public static List<ZipkinSpan> Read(string body)
    {
        var spans = JsonSerializer.Deserialize<List<ZipkinSpan>>(body, Strict)!;
        Assert.All(spans, span =>
        {
            Assert.Matches("^[0-9a-f]{16,32}$", span.TraceId);
            Assert.Matches("^[0-9a-f]{16}$", span.Id);
            if (span.ParentId is not null) Assert.Matches("^[0-9a-f]{16}$", span.ParentId);
            Assert.Contains(span.Kind, new[] { null, "CLIENT", "SERVER", "PRODUCER", "CONSUMER" });
            Assert.InRange(span.Duration ?? 1, 1, long.MaxValue);
            Assert.InRange(span.RemoteEndpoint?.Port ?? 1, 1, 65_535);
        });
        return spans;
    }
}

internal sealed record ZipkinEndpoint(string? ServiceName, string? Ipv4, string? Ipv6, int? Port);

internal sealed record ZipkinNote([property: JsonRequired] long Timestamp, [property: JsonRequired] string Value);

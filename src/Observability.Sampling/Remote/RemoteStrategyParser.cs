using System.Text.Json;

namespace Observability.Sampling;

/// <summary>
/// Reads Jaeger's sampling strategy JSON, api_v2 SamplingStrategyResponse as its HTTP endpoint writes it:
/// https://www.jaegertracing.io/docs/latest/architecture/apis/#remote-sampling-configuration
/// </summary>
internal static class RemoteStrategyParser
{
    /// <summary>Jaeger's own clients remember as many.</summary>
    private const int MaxOperations = 2000;

    /// <exception cref="FormatException">It is not a usable strategy; the message says why.</exception>
    public static RemoteStrategy Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new FormatException("The answer is no JSON object.");
            if (Member(root, "operationSampling") is { } operations) return ByOperation(operations);
            return IsRateLimiting(root) ? RateLimiting(root) : Probabilistic(root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A string of invalid UTF-8 is found only when it is read, and reported by the second of these.
            throw new FormatException("The answer is no JSON: " + exception.Message, exception);
        }
    }

    /// <summary>The enumeration's name, its number, or the presence of the member alone: servers write all three.</summary>
    private static bool IsRateLimiting(JsonElement root)
    {
        if (!root.TryGetProperty("strategyType", out var type)) return Member(root, "probabilisticSampling") is null && Member(root, "rateLimitingSampling") is not null;
        return type.ValueKind == JsonValueKind.String ? type.ValueEquals("RATE_LIMITING")
            : type.ValueKind == JsonValueKind.Number && type.TryGetInt32(out var number) && number == 1;
    }

    private static RemoteStrategy Probabilistic(JsonElement root) =>
        new() { Ratio = Ratio(Member(root, "probabilisticSampling") ?? throw new FormatException("The answer has no known strategy."), "samplingRate") };

    private static RemoteStrategy RateLimiting(JsonElement root)
    {
        var rate = Number(Member(root, "rateLimitingSampling") ?? throw new FormatException("The answer has no rateLimitingSampling."), "maxTracesPerSecond", 0);
        if (rate is < 0 or > 1_000_000) throw new FormatException("maxTracesPerSecond is out of range.");
        return rate == 0 ? new RemoteStrategy { Ratio = 0 } : new RemoteStrategy { MaxPerSecond = rate };
    }

    private static RemoteStrategy ByOperation(JsonElement operations)
    {
        var ratios = new Dictionary<string, double>(StringComparer.Ordinal);
        if (operations.TryGetProperty("perOperationStrategies", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            if (list.GetArrayLength() > MaxOperations) throw new FormatException($"The answer names more than {MaxOperations} operations.");
            foreach (var entry in list.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.Object || Text(entry, "operation") is not { } name) throw new FormatException("An operation has no name.");
                ratios[name] = Ratio(Member(entry, "probabilisticSampling") ?? throw new FormatException($"The operation {name} has no probabilisticSampling."), "samplingRate");
            }
        }
        var lowerBound = Number(operations, "defaultLowerBoundTracesPerSecond", 0);
        if (lowerBound is < 0 or > 1000) throw new FormatException("defaultLowerBoundTracesPerSecond is out of range.");
        return new RemoteStrategy { Ratio = Ratio(operations, "defaultSamplingProbability"), LowerBound = lowerBound, Operations = ratios };
    }

    private static double Ratio(JsonElement parent, string name)
    {
        // A rate of 0 is left out by servers that write protobuf's JSON.
        var ratio = Number(parent, name, 0);
        return ratio is >= 0 and <= 1 ? ratio : throw new FormatException($"{name} is not from 0 to 1.");
    }

    private static double Number(JsonElement parent, string name, double absent)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return absent;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : throw new FormatException($"{name} is no number.");
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}

using Microsoft.Extensions.Configuration;

namespace Documentation.Tests.Configuration;

/// <summary>An empty configuration that remembers which OTEL_ variables it was asked for.</summary>
internal sealed class RecordingSource(ICollection<string> asked) : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        value = null;
        if (key.StartsWith("OTEL_", StringComparison.Ordinal)) asked.Add(key);
        return false;
    }
}

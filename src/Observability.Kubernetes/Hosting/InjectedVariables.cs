namespace Observability.Kubernetes.Hosting;

/// <summary>The variables for applications. The environment's provider takes two underscores for a step into a section, and here they are part of a name.</summary>
internal static class InjectedVariables
{
    public static void Read(WebhookOptions options, IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection(nameof(WebhookOptions.Variables)).AsEnumerable(makePathsRelative: true))
            if (value is not null) options.Variables[key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal)] = value;
    }
}

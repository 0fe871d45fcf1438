using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability.Configuration;

namespace Observability.Logs;

/// <summary>Silences the JSON lines when they are switched off.</summary>
internal sealed class JsonLinesFilter(Settings settings) : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Provider = "JsonLines";

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        if (settings.Unvalidated is { Enabled: true, Logs: { Enabled: true, Json: true } }) return;
        foreach (var rule in options.Rules.Where(rule => rule.ProviderName == Provider).ToList()) options.Rules.Remove(rule);
        options.Rules.Add(new LoggerFilterRule(Provider, categoryName: null, LogLevel.None, filter: null));
    }
}

using Microsoft.Extensions.Configuration;

namespace Observability.AutoInstrumentation.Settings;

/// <summary>The settings of the agent: environment variables, above a JSON file where <c>OBSERVABILITY_AUTO_SETTINGS</c> names one.</summary>
internal static class AgentConfiguration
{
    public static IConfiguration Build(Action<string> say)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (environment["OBSERVABILITY_AUTO_SETTINGS"] is not { Length: > 0 } path) return environment;
        return new ConfigurationBuilder()
            .AddInMemoryCollection(SettingsFile.Read(path, say))
            .AddConfiguration(environment)
            .Build();
    }
}

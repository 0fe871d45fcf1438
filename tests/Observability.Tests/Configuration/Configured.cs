using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Observability.Tests.Configuration;

/// <summary>The options that a start reads from settings and code.</summary>
internal static class Configured
{
    public static ObservabilityOptions Options(Dictionary<string, string?> settings, Action<ObservabilityOptions>? code = null)
    {
        using var provider = Services(settings, code).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<ObservabilityOptions>>().Value;
    }

    public static ObservabilityOptions By(params (string Key, string? Value)[] settings) => Options(Settings(settings));

    /// <summary>What stops the start.</summary>
    public static List<string> Faults(params (string Key, string? Value)[] settings) =>
        [.. Assert.Throws<OptionsValidationException>(() => By(settings)).Failures];

    public static ServiceCollection Services(Dictionary<string, string?> settings, Action<ObservabilityOptions>? code = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddObservability(code ?? (_ => { }));
        return services;
    }

    public static Dictionary<string, string?> Settings(params (string Key, string? Value)[] settings) => settings.ToDictionary(setting => setting.Key, setting => setting.Value);
}

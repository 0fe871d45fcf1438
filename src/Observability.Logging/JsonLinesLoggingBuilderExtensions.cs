using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;
using Observability.Logging;

namespace Microsoft.Extensions.Logging;

/// <summary>Adds the JSON line logger.</summary>
public static class JsonLinesLoggingBuilderExtensions
{
    /// <summary>
    /// Writes every log message as one JSON object a line. Settings come from the section <c>Logging:JsonLines</c> and from code; a fault in
    /// them throws <see cref="OptionsValidationException"/> when logging starts. A second call adds its settings, not a second logger.
    /// </summary>
    /// <param name="builder">The application's logging.</param>
    /// <param name="configure">Settings in code, which prevail over the configuration.</param>
    public static ILoggingBuilder AddJsonLines(this ILoggingBuilder builder, Action<JsonLinesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddConfiguration();
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(LiveOptions)))
        {
            services.AddOptions<JsonLinesOptions>()
                .Configure<ILoggerProviderConfiguration<JsonLinesLoggerProvider>>(static (options, provider) => SectionBinding.Bind(provider.Configuration, options));
            services.AddSingleton<IOptionsChangeTokenSource<JsonLinesOptions>, LoggerProviderOptionsChangeTokenSource<JsonLinesOptions, JsonLinesLoggerProvider>>();
            services.AddSingleton<IValidateOptions<JsonLinesOptions>, JsonLinesOptionsValidator>();
            services.AddSingleton<LiveOptions>();
        }
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, JsonLinesLoggerProvider>(static services =>
            new JsonLinesLoggerProvider(services.GetRequiredService<LiveOptions>(), services.GetService<TimeProvider>() ?? TimeProvider.System)));
        if (configure is not null) services.Configure(configure);
        return builder;
    }
}

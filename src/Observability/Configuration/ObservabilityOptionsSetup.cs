using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Observability.Configuration;

/// <summary>Fills the options from <c>OTEL_*</c>, then from the section; what code sets runs after this and wins.</summary>
internal sealed class ObservabilityOptionsSetup(IConfiguration configuration) : IConfigureOptions<ObservabilityOptions>
{
    public void Configure(ObservabilityOptions options)
    {
        EnvironmentDefaults.Apply(options, new EnvironmentVariables(configuration, options.IgnoredVariables));
        options.IgnoredVariables.AddRange(SamplingSetup.Faults(name => configuration[name]));

        var section = configuration.GetSection(ObservabilityOptions.SectionName);
        if (!section.Exists()) return;
        var reader = new SectionReader(configuration);
        options.SectionFaults.AddRange(reader.Faults(section, SettingsShape.Root));
        var usable = reader.Usable(section);
        usable.Bind(options);
        foreach (var (path, list) in Lists(options)) ReplaceList(usable.GetSection(path), list);
    }

    /// <summary>The binder appends to lists; a configured list replaces what came before.</summary>
    private static void ReplaceList(IConfigurationSection section, IList<string> list)
    {
        if (!section.Exists()) return;
        list.Clear();
        foreach (var child in section.GetChildren())
            if (child.Value is { } entry) list.Add(entry);
    }

    private static (string Path, IList<string> List)[] Lists(ObservabilityOptions options) =>
    [
        ("Propagators", options.Propagators),
        ("Traces:Exporters", options.Traces.Exporters),
        ("Traces:Sources", options.Traces.Sources),
        ("Traces:ExcludedSourcePrefixes", options.Traces.ExcludedSourcePrefixes),
        ("Traces:IgnoredPaths", options.Traces.IgnoredPaths),
        ("Metrics:Exporters", options.Metrics.Exporters),
        ("Metrics:Meters", options.Metrics.Meters),
        ("Metrics:ExcludedMeterPrefixes", options.Metrics.ExcludedMeterPrefixes),
        ("Metrics:Keep", options.Metrics.Keep),
        ("Metrics:Drop", options.Metrics.Drop),
        ("Logs:Exporters", options.Logs.Exporters),
    ];
}

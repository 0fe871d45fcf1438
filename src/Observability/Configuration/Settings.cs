using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Observability.Configuration;

/// <summary>
/// The options before they are validated, and the configuration that they come from. The options of the other packages are
/// derived from these, and the validation of these takes in the faults of those: neither may wait for the other.
/// </summary>
internal sealed class Settings(IConfiguration configuration, IEnumerable<IConfigureOptions<ObservabilityOptions>> setups, IEnumerable<IPostConfigureOptions<ObservabilityOptions>> lastSetups)
{
    private readonly Lazy<ObservabilityOptions> _options = new(() =>
    {
        var options = new ObservabilityOptions();
        foreach (var setup in setups) setup.Configure(options);
        foreach (var setup in lastSetups) setup.PostConfigure(Microsoft.Extensions.Options.Options.DefaultName, options);
        return options;
    });

    public ObservabilityOptions Unvalidated => _options.Value;

    public string? Variable(string name) => configuration[name];

    /// <summary>A part of the section, without what cannot be bound: those faults are reported elsewhere.</summary>
    public IConfiguration Usable(string path)
    {
        var section = Section(path);
        if (!section.Exists()) return section;
        var reader = new SectionReader(configuration);
        reader.Faults(section, SettingsShape.At(path));
        return reader.Usable(section);
    }

    public IConfigurationSection Section(string path) => configuration.GetSection(ObservabilityOptions.SectionName + ConfigurationPath.KeyDelimiter + path);
}

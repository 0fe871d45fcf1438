using Microsoft.Extensions.Configuration;

namespace Observability.Logging;

/// <summary>
/// Binds the section. The configuration binder throws at the first value that it cannot read; here each such value is a fault of the settings, told beside
/// the others.
/// </summary>
internal static class SectionBinding
{
    public static void Bind(IConfiguration section, JsonLinesOptions options)
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException)
        {
            var readable = new Dictionary<string, string?>();
            foreach (var (path, value) in section.AsEnumerable(makePathsRelative: true))
            {
                if (Fault(path, value) is { } fault) options.Unreadable.Add(fault);
                else readable[path] = value;
            }
            Section(readable).Bind(options);
        }
    }

    private static string? Fault(string path, string? value)
    {
        try
        {
            Section(new Dictionary<string, string?> { [path] = value }).Bind(new JsonLinesOptions());
            return null;
        }
        catch (InvalidOperationException fault)
        {
            return $"{path} is '{value}', which cannot be read ({fault.Message}): write one of the values that the setting has.";
        }
    }

    private static IConfiguration Section(IEnumerable<KeyValuePair<string, string?>> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}

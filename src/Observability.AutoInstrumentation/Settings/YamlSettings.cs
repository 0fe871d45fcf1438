using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Observability.AutoInstrumentation.Settings;

/// <summary>Reads the first document of a YAML file as configuration keys. Its library is loaded only for such a file.</summary>
internal static class YamlSettings
{
    /// <summary>Deeper than any setting lies; an alias may stand for what it is part of.</summary>
    private const int Deepest = 16;

    public static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FormatException">The file is no YAML.</exception>
    public static void Collect(string path, Dictionary<string, string?> settings)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = File.OpenText(path);
            stream.Load(reader);
        }
        catch (YamlException fault)
        {
            throw new FormatException($"line {fault.Start.Line}: {fault.Message}", fault);
        }
        if (stream.Documents.Count > 0) Collect(stream.Documents[0].RootNode, "", Deepest, settings);
    }

    private static void Collect(YamlNode node, string path, int depth, Dictionary<string, string?> settings)
    {
        if (depth == 0) throw new FormatException($"{path} lies too deep.");
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children) Collect(value, Join(path, key is YamlScalarNode { Value: { } name } ? name : throw new FormatException($"a key below '{path}' is no text.")), depth - 1, settings);
                break;
            case YamlSequenceNode sequence:
                for (var i = 0; i < sequence.Children.Count; i++) Collect(sequence.Children[i], Join(path, i.ToString(CultureInfo.InvariantCulture)), depth - 1, settings);
                break;
            case YamlScalarNode { Value: { } value } when value is not ("" or "~" or "null"):
                settings[path] = value;
                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + ConfigurationPath.KeyDelimiter + name;
}

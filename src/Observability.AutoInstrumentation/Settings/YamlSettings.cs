using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Observability.AutoInstrumentation.Settings;

/// <summary>
/// Reads the first document of a YAML file as configuration keys, event by event: a document is never held, so that neither nesting nor aliases, which multiply
/// what they stand for, cost more than the text. The library is loaded only for such a file.
/// </summary>
internal sealed class YamlSettings
{
    /// <summary>Deeper than any setting lies.</summary>
    private const int Deepest = 16;

    private readonly IParser _parser;
    private readonly Dictionary<string, string?> _settings;

    private YamlSettings(IParser parser, Dictionary<string, string?> settings) => (_parser, _settings) = (parser, settings);

    public static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FormatException">The text is no YAML, or lies deeper or says more than settings do.</exception>
    public static void Collect(string text, Dictionary<string, string?> settings)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _)) new YamlSettings(parser, settings).Collect("", Deepest);
        }
        catch (YamlException fault)
        {
            throw new FormatException($"line {fault.Start.Line}: {fault.Message}", fault);
        }
    }

    private void Collect(string path, int depth)
    {
        if (depth == 0) throw Fault($"{path} lies too deep.");
        if (_parser.TryConsume<MappingStart>(out _)) CollectMapping(path, depth);
        else if (_parser.TryConsume<SequenceStart>(out _)) CollectSequence(path, depth);
        else if (!_parser.TryConsume<Scalar>(out var scalar)) throw Fault($"the alias below '{path}' is not followed: write out what it stands for.");
        else if (scalar.Value is not ("" or "~" or "null")) _settings[path] = scalar.Value;
    }

    private void CollectMapping(string path, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key)) throw Fault($"a key below '{path}' is no text.");
            if (!names.Add(key.Value)) throw Fault($"the key {key.Value} stands twice below '{path}'.");
            Collect(Join(path, key.Value), depth - 1);
        }
    }

    private void CollectSequence(string path, int depth)
    {
        for (var i = 0; !_parser.TryConsume<SequenceEnd>(out _); i++) Collect(Join(path, i.ToString(CultureInfo.InvariantCulture)), depth - 1);
    }

    private FormatException Fault(string what) => new($"line {_parser.Current?.Start.Line}: {what}");

    private static string Join(string path, string name) => path.Length == 0 ? name : path + ConfigurationPath.KeyDelimiter + name;
}

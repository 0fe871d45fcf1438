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
        var scanner = new Scanner(new StringReader(text));
        var parser = new Parser(scanner);
        try
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _)) new YamlSettings(parser, settings).Collect("", Deepest);
        }
        catch (YamlException fault)
        {
            // From where it began to where it could not go on.
            throw new FormatException($"{Lines(fault.Start.Line, fault.End.Line)}: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is not FormatException)
        {
            // The library has no words for every text that is no YAML.
            throw new FormatException($"line {scanner.CurrentPosition.Line}: it is no YAML.", fault);
        }
    }

    private void Collect(string path, int depth)
    {
        if (depth == 0) throw Fault(_parser.Current, $"{path} lies too deep.");
        if (_parser.TryConsume<MappingStart>(out _)) CollectMapping(path, depth);
        else if (_parser.TryConsume<SequenceStart>(out _)) CollectSequence(path, depth);
        else if (!_parser.TryConsume<Scalar>(out var scalar)) throw Fault(_parser.Current, $"the alias at '{path}' is not followed: write out what it stands for.");
        else if (scalar.Value is not ("" or "~" or "null")) _settings[path] = scalar.Value;
    }

    private void CollectMapping(string path, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key)) throw Fault(_parser.Current, $"a key below '{path}' is no text.");
            if (!names.Add(key.Value)) throw Fault(key, $"the key {key.Value} stands twice below '{path}'.");
            Collect(Join(path, key.Value), depth - 1);
        }
    }

    private void CollectSequence(string path, int depth)
    {
        for (var i = 0; !_parser.TryConsume<SequenceEnd>(out _); i++) Collect(Join(path, i.ToString(CultureInfo.InvariantCulture)), depth - 1);
    }

    private static FormatException Fault(ParsingEvent? place, string what) => new($"line {place?.Start.Line}: {what}");

    private static string Lines(long first, long last) => first == last ? $"line {first}" : $"lines {first} to {last}";

    private static string Join(string path, string name) => path.Length == 0 ? name : path + ConfigurationPath.KeyDelimiter + name;
}

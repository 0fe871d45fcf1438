using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Observability.AutoInstrumentation.Settings;

/// <summary>Reads a JSON file, or a YAML file of the same shape, as configuration keys. A file that cannot be read is told, and is taken for an empty one.</summary>
internal static class SettingsFile
{
    /// <summary>Bytes; far above any settings, and what Kubernetes allows a config map.</summary>
    private const int Most = 1024 * 1024;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IEnumerable<KeyValuePair<string, string?>> Read(string path, Action<string> say)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var text = Text(path);
            if (YamlSettings.IsYaml(path)) YamlSettings.Collect(text, settings);
            else CollectJson(text, settings);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or NotSupportedException or FormatException)
        {
            settings.Clear();
            say($"OBS6007: the settings file {path} could not be read: {fault.Message} The variables alone are used; correct the file, or OBSERVABILITY_AUTO_SETTINGS.");
        }
        return settings;
    }

    /// <summary>Requests of the application may wait for this, so a file without an end or with nobody at its other end is not opened. Pipes and devices have no length.</summary>
    private static string Text(string path)
    {
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        return file.Length switch
        {
            0 => throw new FormatException("it is empty, or no regular file."),
            > Most => throw new FormatException($"it has {file.Length} bytes, more than {Most}."),
            _ => File.ReadAllText(file.FullName),
        };
    }

    private static void CollectJson(string text, Dictionary<string, string?> settings)
    {
        using var document = JsonDocument.Parse(text, Lenient);
        Collect(document.RootElement, "", settings);
    }

    private static void Collect(JsonElement element, string path, Dictionary<string, string?> settings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject()) Collect(property.Value, Join(path, property.Name), settings);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray()) Collect(item, Join(path, (index++).ToString(System.Globalization.CultureInfo.InvariantCulture)), settings);
                break;
            case JsonValueKind.Null:
                break;
            default:
                settings[path] = element.ToString();
                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + ConfigurationPath.KeyDelimiter + name;
}

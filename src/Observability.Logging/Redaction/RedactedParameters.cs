using System.Reflection;
using System.Reflection.Metadata;

namespace Observability.Logging;

/// <summary>
/// The parameters of <c>[LoggerMessage]</c> methods that carry <see cref="RedactedAttribute"/>, by message template. Read from the metadata of the
/// assemblies that reference this one, without loading a type. Native ahead-of-time compilation keeps no such metadata: name the attributes in the configuration there.
/// </summary>
internal sealed class RedactedParameters
{
    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _read = [];
    private readonly Dictionary<string, HashSet<string>> _hidden = new(StringComparer.Ordinal);

    public static RedactedParameters OfProcess { get; } = new();

    /// <summary>The folded names of a template's hidden parameters.</summary>
    public HashSet<string> Of(string template)
    {
        lock (_lock)
        {
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
                if (_read.Add(assembly)) Read(assembly);
            return _hidden.TryGetValue(template, out var names) ? [.. names] : [];
        }
    }

    public static string Fold(string parameter) => parameter.TrimStart('@', '$').ToUpperInvariant();

    private unsafe void Read(Assembly assembly)
    {
        if (assembly.IsDynamic || !assembly.TryGetRawMetadata(out var metadata, out var length)) return;
        try
        {
            var reader = new MetadataReader(metadata, length);
            if (!References(reader, typeof(RedactedAttribute).Assembly.GetName().Name!)) return;
            var parameters = Marked(reader);
            if (parameters.Count == 0) return;
            foreach (var handle in reader.MethodDefinitions) Read(reader, reader.GetMethodDefinition(handle), parameters);
        }
        catch (BadImageFormatException)
        {
            // Metadata that cannot be read declares nothing.
        }
    }

    private void Read(MetadataReader reader, MethodDefinition method, HashSet<ParameterHandle> marked)
    {
        foreach (var handle in method.GetParameters())
        {
            if (!marked.Contains(handle) || LoggerMessageTemplate.Of(reader, method) is not { } template) continue;
            if (!_hidden.TryGetValue(template, out var names)) _hidden[template] = names = new HashSet<string>(StringComparer.Ordinal);
            names.Add(Fold(reader.GetString(reader.GetParameter(handle).Name)));
        }
    }

    private static bool References(MetadataReader reader, string name)
    {
        foreach (var handle in reader.AssemblyReferences)
            if (reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, name)) return true;
        return false;
    }

    private static HashSet<ParameterHandle> Marked(MetadataReader reader)
    {
        var marked = new HashSet<ParameterHandle>();
        foreach (var handle in reader.CustomAttributes)
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Parent.Kind == HandleKind.Parameter && LoggerMessageTemplate.Is(reader, attribute, nameof(RedactedAttribute)))
                marked.Add((ParameterHandle)attribute.Parent);
        }
        return marked;
    }
}

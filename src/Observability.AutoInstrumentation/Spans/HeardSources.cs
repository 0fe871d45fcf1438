using System.Diagnostics;
using System.IO.Enumeration;

namespace Observability.AutoInstrumentation.Spans;

/// <summary>Whether the pipeline listens to a source, for spans that it did not see begin: by the same settings.</summary>
internal sealed class HeardSources(TracesOptions traces)
{
    private readonly string[] _excluded = traces.ExcludedSourcePrefixes.Count == 0 ? ["Experimental.", "Private."] : [.. traces.ExcludedSourcePrefixes];

    public bool Contains(ActivitySource source) => IsNamed(source.Name) && (!IsExcluded(source.Name) || traces.Sources.Contains(source.Name, StringComparer.OrdinalIgnoreCase));

    private bool IsNamed(string name) => traces.Sources.Count == 0 || traces.Sources.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name));

    private bool IsExcluded(string name) => Array.Exists(_excluded, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}

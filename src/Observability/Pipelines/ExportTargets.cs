using Observability.Configuration;

namespace Observability.Pipelines;

/// <summary>Where a signal goes, after the default has been worked out.</summary>
internal static class ExportTargets
{
    /// <summary>Whether the named exporter is wanted: because it is listed, or, with nothing listed, because it is on by itself.</summary>
    public static bool Wants(this IList<string> exporters, string name, bool byDefault = false) =>
        exporters.Count == 0 ? byDefault : !exporters.Contains(Names.None, StringComparer.OrdinalIgnoreCase) && exporters.Contains(name, StringComparer.OrdinalIgnoreCase);
}

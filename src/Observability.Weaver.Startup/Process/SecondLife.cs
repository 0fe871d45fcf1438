using Observability.Weaver.Startup.Cache;
using Observability.Weaver.Startup.Settings;

namespace Observability.Weaver.Startup.Process;

/// <summary>The variables of a process that was run anew: given to it, recognized by it, and hidden from what it starts.</summary>
internal static class SecondLife
{
    /// <summary>The entry that this very process was run anew for; null in a first life, also when a process of another number left its mark.</summary>
    public static string? Entry(string? marker)
    {
        if (marker is null) return null;
        var colon = marker.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(marker.AsSpan(0, colon), out var process) && process == Environment.ProcessId ? marker[(colon + 1)..] : null;
    }

    /// <summary>Variables as the kernel takes them, <c>NAME=value</c>.</summary>
    public static string[] Variables(WeaveSettings settings, CacheEntry entry, string root) =>
    [
        $"{WeaveSettings.MarkerName}={Environment.ProcessId}:{entry.Folder}",
        $"{WeaveSettings.AdditionalDeps}={With(settings.Deps, root, entry.Deps)}",
        $"{WeaveSettings.SharedStore}={With(settings.Store, root, entry.Store)}",
    ];

    /// <summary>A child would load this application's woven libraries in place of its own.</summary>
    public static void ForgetVariables(WeaveSettings settings, string? root)
    {
        if (settings.Marker is not null) Set(WeaveSettings.MarkerName, null);
        if (Entry(settings.Marker) is not null) DiagnosticPorts.ForgetAside();
        if (root is null) return;
        if (settings.Deps is not null) Set(WeaveSettings.AdditionalDeps, Without(settings.Deps, root));
        if (settings.Store is not null) Set(WeaveSettings.SharedStore, Without(settings.Store, root));
    }

    internal static string With(string? others, string root, string own) => Without(others, root) is { } kept ? kept + Path.PathSeparator + own : own;

    internal static string? Without(string? list, string root)
    {
        if (list is null) return null;
        var kept = new List<string>();
        foreach (var path in list.Split(Path.PathSeparator))
            if (path.Length > 0 && !path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) kept.Add(path);
        return kept.Count == 0 ? null : string.Join(Path.PathSeparator, kept);
    }

    private static void Set(string name, string? value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (OperatingSystem.IsLinux()) NativeCalls.SetVariable(name, value);
    }
}

using System.Diagnostics;
using System.Reflection;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>Whether the application brings an OpenTelemetry SDK. The API alone, which libraries use, does not count.</summary>
internal static class OwnSdk
{
    private const string Name = "OpenTelemetry";

    public static string? Version()
    {
        if (PlatformAssemblies.Find(Name) is { } path) return Shown(FileVersionInfo.GetVersionInfo(path).ProductVersion);
        if (!PlatformAssemblies.IsBundle || PlatformAssemblies.TryLoad(Name) is not { } bundled) return null;
        return Shown(bundled.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
    }

    /// <summary>The assembly's own version is 1.0.0 in all of them.</summary>
    private static string Shown(string? version) => version?.Split('+')[0] ?? "of an unknown version";
}

using System.Reflection;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>Whether the application brings an OpenTelemetry SDK. The API alone, which libraries use, does not count.</summary>
internal static class OwnSdk
{
    private const string Name = "OpenTelemetry";

    public static string? Version()
    {
        if (PlatformAssemblies.Find(Name) is { } path) return AssemblyName.GetAssemblyName(path).Version?.ToString(3) ?? "of an unknown version";
        return PlatformAssemblies.IsBundle && PlatformAssemblies.TryLoad(Name) is { } bundled ? bundled.GetName().Version?.ToString(3) : null;
    }
}

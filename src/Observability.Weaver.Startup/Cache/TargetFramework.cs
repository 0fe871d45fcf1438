namespace Observability.Weaver.Startup.Cache;

/// <summary>The folder of a store that the host searches: that of the framework which the application was built for.</summary>
internal static class TargetFramework
{
    private const string Core = ".NETCoreApp,Version=v";

    public static string Moniker() =>
        AppContext.TargetFrameworkName is { } name && name.StartsWith(Core, StringComparison.Ordinal) ? "net" + name[Core.Length..] : "net10.0";
}

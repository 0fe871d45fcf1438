using System.Diagnostics;

namespace Observability.Benchmarks.Startup;

/// <summary>The variables of a run: the same for bare and hooked, but for the hook.</summary>
internal static class HookEnvironment
{
    public static void Apply(ProcessStartInfo start, string? hook, IReadOnlyDictionary<string, string>? settings)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        // An OTLP endpoint that nobody listens on: everything is built, nothing is answered.
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        start.Environment["OTEL_EXPORTER_PROMETHEUS_PORT"] = "0";
        if (hook is not null) start.Environment["DOTNET_STARTUP_HOOKS"] = hook;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
    }
}

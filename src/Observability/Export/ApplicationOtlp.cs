using OpenTelemetry.Exporter;
using Microsoft.Extensions.Options;

namespace Observability.Export;

/// <summary>
/// Notices that the application registers an OTLP exporter of its own for a signal, so that ours stands by and nothing is
/// sent twice. Such an exporter takes its options from the container while its provider is being built; ours never does.
/// </summary>
internal sealed class ApplicationOtlp : IPostConfigureOptions<OtlpExporterOptions>, IDisposable
{
    private readonly bool[] _found = new bool[3];

    // Providers are built on one thread, one after another; a nested build announces itself in turn.
    private readonly ThreadLocal<Signal?> _building = new();

    public void Building(Signal signal) => _building.Value = signal;

    public bool Exports(Signal signal) => Volatile.Read(ref _found[(int)signal]);

    /// <summary>The application uses the SDK's cross-cutting registration, which exports every signal.</summary>
    public void ExportsEverything() => Array.Fill(_found, true);

    public void PostConfigure(string? name, OtlpExporterOptions options)
    {
        if (_building.Value is { } signal) Volatile.Write(ref _found[(int)signal], true);
    }

    public void Dispose() => _building.Dispose();
}

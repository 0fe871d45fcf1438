using OpenTelemetry.Exporter;
using Microsoft.Extensions.Options;

namespace Observability.Export;

/// <summary>
/// Notices that the application registers an OTLP exporter of its own for a signal, so that ours stands by and nothing is
/// sent twice. Such an exporter takes its options from the container while its provider is being built; ours never does.
/// </summary>
internal sealed class ApplicationOtlp : IPostConfigureOptions<OtlpExporterOptions>, IDisposable
{
    /// <summary>What <c>UseOtlpExporter()</c>, which exports every signal, leaves in the container. Its options are made once, while the first provider is being built.</summary>
    private const string EverySignal = "OpenTelemetry.Exporter.UseOtlpExporterRegistration, OpenTelemetry.Exporter.OpenTelemetryProtocol";

    private readonly bool[] _found = new bool[3];

    // Providers are built on one thread, one after another; a nested build announces itself in turn.
    private readonly ThreadLocal<Signal?> _building = new();

    public void Building(Signal signal) => _building.Value = signal;

    public bool Exports(Signal signal) => Volatile.Read(ref _found[(int)signal]);

    /// <summary>Looks into the container that the providers will be built from.</summary>
    public ApplicationOtlp In(IServiceProvider services)
    {
        if (Type.GetType(EverySignal) is { } mark && services.GetService(mark) is not null) Array.Fill(_found, true);
        return this;
    }

    public void PostConfigure(string? name, OtlpExporterOptions options) => Asked();

    /// <summary>Somebody wants the options of an exporter.</summary>
    public void Asked()
    {
        if (_building.Value is { } signal) Volatile.Write(ref _found[(int)signal], true);
    }

    /// <summary>Whoever wants options from now on exports nothing of ours.</summary>
    public void Built() => _building.Value = null;

    public void Dispose() => _building.Dispose();
}

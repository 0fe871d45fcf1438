using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace Observability.Export;

/// <summary>
/// Notices who asks for OTLP options by a name: they are made once, so that of several signals that export by one name only the first has them made. Otherwise it keeps
/// them as the options' own cache does.
/// </summary>
internal sealed class NamedOtlp(ApplicationOtlp application) : IOptionsMonitorCache<OtlpExporterOptions>
{
    private readonly OptionsCache<OtlpExporterOptions> _kept = new();

    public OtlpExporterOptions GetOrAdd(string? name, Func<OtlpExporterOptions> createOptions)
    {
        application.Asked();
        return _kept.GetOrAdd(name, createOptions);
    }

    public bool TryAdd(string? name, OtlpExporterOptions options) => _kept.TryAdd(name, options);

    public bool TryRemove(string? name) => _kept.TryRemove(name);

    public void Clear() => _kept.Clear();
}

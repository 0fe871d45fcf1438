using System.Diagnostics.Metrics;

namespace Observability.Export;

/// <summary>
/// Gives an exporter's own HTTP client a meter that nobody hears: its requests are not the application's. What is made of a disposed meter is never announced.
/// </summary>
internal sealed class UnheardMeters : IMeterFactory
{
    /// <summary>Begins with a prefix that is excluded by default.</summary>
    private const string Name = "Experimental.Observability.Export";

    private readonly Meter _meter = new(Name);

    public UnheardMeters() => _meter.Dispose();

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();
}

using System.Diagnostics.CodeAnalysis;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Rendering;
using Observability.Prometheus.Scraping;

namespace Observability.Prometheus;

/// <summary>
/// A pull reader for one MeterProvider, as <c>AddPrometheus()</c> adds it; construct it to hand it to <c>AddReader</c> yourself.
/// Ask it through a <see cref="PrometheusResponder"/>.
/// </summary>
public sealed class PrometheusMetricReader : BaseExportingMetricReader
{
    private static readonly List<WeakReference<PrometheusMetricReader>> Readers = [];
    private static readonly Lock ReadersLock = new();

    private int _added;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">What to expose; read now, later changes have no effect on it.</param>
    public PrometheusMetricReader(PrometheusOptions options)
        : this(options, Assemble(options))
    {
    }

    private PrometheusMetricReader(PrometheusOptions options, (PrometheusExporter Exporter, ScrapeGate Gate) parts)
        : base(parts.Exporter)
    {
        Options = options;
        Gate = parts.Gate;
        // Prometheus counts from the start of the process; layouts rely on it too, since delta points change places.
        TemporalityPreference = MetricReaderTemporalityPreference.Cumulative;
        lock (ReadersLock)
        {
            Readers.RemoveAll(reader => !reader.TryGetTarget(out _));
            Readers.Add(new WeakReference<PrometheusMetricReader>(this));
        }
    }

    /// <summary>What it was created with.</summary>
    public PrometheusOptions Options { get; }

    internal ScrapeGate Gate { get; }

    /// <summary>Adds the reader to the provider that is being built, the first time it is called; a reader belongs to one provider, once.</summary>
    /// <param name="builder">The provider's builder.</param>
    public void AddTo(MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Interlocked.Exchange(ref _added, 1) == 0) builder.AddReader(this);
    }

    /// <summary>Finds the reader that <c>AddPrometheus()</c> added to a provider.</summary>
    /// <returns>False when the provider has none.</returns>
    public static bool TryGet(MeterProvider provider, [NotNullWhen(true)] out PrometheusMetricReader? reader)
    {
        ArgumentNullException.ThrowIfNull(provider);
        lock (ReadersLock)
        {
            foreach (var known in Readers)
            {
                if (known.TryGetTarget(out reader) && ReferenceEquals(reader.exporter.ParentProvider, provider)) return true;
            }
        }
        reader = null;
        return false;
    }

    private static (PrometheusExporter Exporter, ScrapeGate Gate) Assemble(PrometheusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var gate = new ScrapeGate(new ExpositionRenderer(options, new BodyPool()));
        var exporter = new PrometheusExporter(gate);
        gate.Exporter = exporter;
        return (exporter, gate);
    }
}

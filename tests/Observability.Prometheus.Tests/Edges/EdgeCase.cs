namespace Observability.Prometheus.Tests.Edges;

/// <summary>Something that a program may do to its metrics, with the options under which it hurts.</summary>
public sealed record EdgeCase(string Name, Action<Exposition> Record)
{
    public Action<PrometheusOptions> Configure { get; init; } = _ => { };

    public Action<OpenTelemetry.Metrics.MeterProviderBuilder> Build { get; init; } = _ => { };

    public Action<OpenTelemetry.Resources.ResourceBuilder>? Resource { get; init; }

    /// <summary>How many samples there must be; null where only validity is asked.</summary>
    public int? Samples { get; init; }

    public Exposition Expose()
    {
        var exposition = new Exposition(Configure, Build, Resource);
        Record(exposition);
        return exposition;
    }

    public override string ToString() => Name;
}

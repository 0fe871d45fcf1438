namespace Observability;

/// <summary>How the instruments that match are shaped, as a view of the OpenTelemetry metrics specification.</summary>
public sealed class MetricViewOptions
{
    /// <summary>The instrument's name, <c>*</c> and <c>?</c> allowed. Required.</summary>
    public string Instrument { get; set; } = "";

    /// <summary>The meter's name, <c>*</c> and <c>?</c> allowed. Default: any.</summary>
    public string? Meter { get; set; }

    /// <summary>Whether the instrument is dropped. Default <see langword="false"/>.</summary>
    public bool Drop { get; set; }

    /// <summary>The stream's name in place of the instrument's, where <see cref="Instrument"/> is one name without <c>*</c> and <c>?</c>. Default: the instrument's.</summary>
    public string? Name { get; set; }

    /// <summary>The stream's description in place of the instrument's. Default: the instrument's.</summary>
    public string? Description { get; set; }

    /// <summary>Attributes that are kept. Default (empty): all.</summary>
    public IList<string> KeepAttributes { get; } = [];

    /// <summary>Attributes that are dropped. Default: none. Not together with <see cref="KeepAttributes"/>.</summary>
    public IList<string> DropAttributes { get; } = [];

    /// <summary>Upper bounds of a histogram's buckets, ascending. Default (empty): the instrument's advice.</summary>
    public IList<double> Boundaries { get; } = [];

    /// <summary>The instrument's own limit of attribute sets. Default: <see cref="MetricsOptions.CardinalityLimit"/>; 1 to 1,000,000.</summary>
    public int? CardinalityLimit { get; set; }
}

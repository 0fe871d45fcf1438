namespace Observability.Prometheus;

/// <summary>Where a short job leaves its metrics.</summary>
public sealed class PrometheusPusherOptions
{
    /// <summary>The Pushgateway's address, such as <c>http://pushgateway:9091</c>. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>The value of the label <c>job</c>. Required.</summary>
    public string Job { get; set; } = "";

    /// <summary>Further labels of the group, such as <c>instance</c>. Default: none.</summary>
    public IDictionary<string, string> Grouping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether metrics of the group that this job does not have stay (POST) or go (PUT). Default: false, they go.</summary>
    public bool KeepsOthers { get; set; }

    /// <summary>The longest that a push may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

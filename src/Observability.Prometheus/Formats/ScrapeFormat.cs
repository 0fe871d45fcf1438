using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Formats;

/// <summary>What one scrape is answered with: equal values share one rendering.</summary>
internal readonly record struct ScrapeFormat(ExpositionFormat Exposition, NameEscaping Escaping, bool Gzip)
{
    public bool IsOpenMetrics => Exposition is ExpositionFormat.OpenMetrics001 or ExpositionFormat.OpenMetrics100;

    public string ContentType => ContentTypes[(int)Exposition * 4 + (int)Escaping];

    private static readonly string[] ContentTypes = BuildContentTypes();

    private static string[] BuildContentTypes()
    {
        var types = new string[6 * 4];
        foreach (var exposition in Enum.GetValues<ExpositionFormat>())
        {
            foreach (var escaping in Enum.GetValues<NameEscaping>())
                types[(int)exposition * 4 + (int)escaping] = ContentTypeOf(exposition, EscapingText(escaping));
        }
        return types;
    }

    private static string ContentTypeOf(ExpositionFormat exposition, string escaping) => exposition switch
    {
        ExpositionFormat.Text004 => "text/plain; version=0.0.4; charset=utf-8",
        ExpositionFormat.Text100 => "text/plain; version=1.0.0; charset=utf-8; escaping=" + escaping,
        ExpositionFormat.OpenMetrics001 => "application/openmetrics-text; version=0.0.1; charset=utf-8",
        ExpositionFormat.OpenMetrics100 => "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=" + escaping,
        ExpositionFormat.OpenMetrics200 => "application/openmetrics-text; version=2.0.0; charset=utf-8; escaping=" + escaping,
        _ => "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=" + escaping,
    };

    private static string EscapingText(NameEscaping escaping) => escaping switch
    {
        NameEscaping.AllowUtf8 => "allow-utf-8",
        NameEscaping.Dots => "dots",
        NameEscaping.Values => "values",
        _ => "underscores",
    };
}

using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Observability.Prometheus.Tests;

/// <summary>A provider with one meter of its own, and everything that a scrape of it answers.</summary>
public sealed class Exposition : IDisposable
{
    public const string OpenMetrics = "application/openmetrics-text;version=1.0.0";
    public const string Text = "text/plain;version=0.0.4";
    private readonly string _prefix = "test." + Guid.NewGuid().ToString("N");

    public Exposition(Action<PrometheusOptions>? configure = null, Action<MeterProviderBuilder>? build = null, Action<ResourceBuilder>? resource = null)
    {
        // No test is about a machine that is slow.
        Options = new PrometheusOptions { TargetInfo = resource is not null, ScopeLabels = false, ScrapeTimeout = TimeSpan.FromMinutes(2) };
        configure?.Invoke(Options);
        Reader = new PrometheusMetricReader(Options);
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty())
            .ConfigureResource(resource ?? (_ => { }))
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddMeter(_prefix + "*")
            .AddReader(Reader);
        build?.Invoke(builder);
        Provider = builder.Build();
        Responder = new PrometheusResponder(Reader);
        Meter = NewMeter("");
    }

    public PrometheusOptions Options { get; }
    public PrometheusMetricReader Reader { get; }
    public PrometheusResponder Responder { get; }
    public MeterProvider Provider { get; }
    public Meter Meter { get; }

    public Meter NewMeter(string name, string? version = null, IEnumerable<KeyValuePair<string, object?>>? tags = null) => new(_prefix + name, version, tags);

    public string Scrape(string accept = Text, string? encoding = null, params string[] names) => Encoding.UTF8.GetString(Bytes(accept, encoding, names));

    public byte[] Bytes(string accept = Text, string? encoding = null, params string[] names)
    {
        using var response = Respond(new PrometheusRequest { Accept = accept, AcceptEncoding = encoding, Names = names });
        Assert.Equal(200, response.StatusCode);
        var body = new MemoryStream();
        response.WriteToAsync(body).AsTask().GetAwaiter().GetResult();
        if (response.ContentEncoding is null) return body.ToArray();
        body.Position = 0;
        var plain = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionMode.Decompress)) gzip.CopyTo(plain);
        return plain.ToArray();
    }

    public PrometheusResponse Respond(PrometheusRequest request) => Responder.RespondAsync(request).AsTask().GetAwaiter().GetResult();

    public void Dispose()
    {
        Meter.Dispose();
        Provider.Dispose();
    }
}

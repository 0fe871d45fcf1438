using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Observability.AspNetCore.Tests.Exposition;

public sealed class MapPrometheusTests : IDisposable
{
    private readonly Meter _meter = new("map." + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task It_answers_scrapes_in_the_format_asked_for()
    {
        await using var app = await Start(app => app.MapPrometheus());
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0");
        using var response = await client.SendAsync(request);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores", response.Content.Headers.ContentType!.ToString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("orders_total", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_HEAD_and_name_filters_work_as_on_the_listener()
    {
        await using var app = await Start(app => app.MapPrometheus("/m"));
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = new Uri(app.Urls.First()) };
        var filtered = await client.GetStringAsync("/m?name[]=orders_total");
        Assert.Contains("orders_total", filtered, StringComparison.Ordinal);
        Assert.DoesNotContain("load", filtered, StringComparison.Ordinal);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/m"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var post = await client.PostAsync("/m", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task Conventions_apply_as_to_any_endpoint()
    {
        await using var app = await Start(
            app =>
            {
                app.UseCors();
                app.UseRateLimiter();
                app.MapPrometheus("/limited").RequireRateLimiting("none");
                app.MapPrometheus("/hosts").RequireHost("metrics.example");
                app.MapPrometheus("/cors").RequireCors(policy => policy.WithOrigins("https://grafana.example"));
            },
            services =>
            {
                services.AddCors();
                services.AddRateLimiter(limiter => limiter.AddPolicy("none", _ => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("all", _ => new() { PermitLimit = 1, Window = TimeSpan.FromHours(1) })));
            });
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/limited")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/limited")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/hosts")).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cors");
        request.Headers.Add("Origin", "https://grafana.example");
        using var response = await client.SendAsync(request);
        Assert.Equal("https://grafana.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Authorization_is_asked_before_anything_is_collected()
    {
        var collected = 0;
        _meter.CreateObservableGauge("seen", () => Interlocked.Increment(ref collected));
        await using var app = await Start(
            app =>
            {
                app.UseAuthorization();
                app.MapPrometheus().RequireAuthorization(policy => policy.RequireAssertion(context => ((HttpContext)context.Resource!).Request.Headers.ContainsKey("X-Secret")));
            },
            services =>
            {
                services.AddAuthentication("deny").AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, DenyHandler>("deny", null);
                services.AddAuthorization();
            });
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
        Assert.Equal(0, collected);
        client.DefaultRequestHeaders.Add("X-Secret", "yes");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics")).StatusCode);
        Assert.Equal(1, collected);
    }

    [Fact]
    public async Task Without_metrics_to_expose_it_says_what_to_call()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var exception = Assert.Throws<InvalidOperationException>(() => app.MapPrometheus());
        Assert.Contains("AddObservability()", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _meter.Dispose();

    private async Task<WebApplication> Start(Action<WebApplication> map, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // The provider is built with the host only where OpenTelemetry's hosting package is; here the test asks for it.
        var metrics = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddPrometheus().Build();
        _meter.CreateCounter<long>("orders").Add(1);
        _meter.CreateGauge<long>("load").Record(1);
        Assert.True(Observability.Prometheus.PrometheusMetricReader.TryGet(metrics, out var reader));
        builder.Services.AddSingleton(metrics);
        builder.Services.AddSingleton(new Observability.Prometheus.PrometheusResponder(reader));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    private sealed class DenyHandler(
        Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions> options,
        Microsoft.Extensions.Logging.ILoggerFactory logger,
        System.Text.Encodings.Web.UrlEncoder encoder) : Microsoft.AspNetCore.Authentication.AuthenticationHandler<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult());
    }
}

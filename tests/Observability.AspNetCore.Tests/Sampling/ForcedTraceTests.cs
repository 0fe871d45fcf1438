using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observability.AspNetCore.Tests.Enrichment;
using Observability.Sampling;

namespace Observability.AspNetCore.Tests.Sampling;

/// <summary>Policies that read the request's headers, under the one line and nothing else.</summary>
public class ForcedTraceTests
{
    private const string Secret = "correct horse battery staple";

    private static readonly (string, string)[] Forcing =
    [
        ("Observability:Sampling:Default:Ratio", "0"),
        ("Observability:Sampling:Force:Header", "x-obs-debug"),
        ("Observability:Sampling:Force:Baggage", "obs.force"),
        ("Observability:Sampling:Force:SecretEnv", "OBS_KEY"),
        ("OBS_KEY", Secret),
    ];

    private static string Token => ForceToken.Create(Secret, DateTimeOffset.UtcNow.AddMinutes(5));

    [Fact]
    public async Task A_header_with_a_good_token_keeps_the_trace_and_others_keep_nothing()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/{what}", () => "ok"), settings: Forcing);
        await Get(app.Client, "/plain");
        await Get(app.Client, "/bad", "x-obs-debug", Token[..^1] + "x");
        Assert.Equal("/good", PathOf(await app.SpanOf(client => Get(client, "/good", "x-obs-debug", Token))));
        Assert.False(app.HasSpans);
    }

    [Fact]
    public async Task A_baggage_entry_with_a_good_token_keeps_the_trace()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/{what}", () => "ok"), settings: Forcing);
        await Get(app.Client, "/plain");
        Assert.Equal("/good", PathOf(await app.SpanOf(client => Get(client, "/good", "baggage", "a=b,obs.force=" + Token))));
    }

    [Fact]
    public async Task An_accessor_of_the_application_s_own_is_served_too()
    {
        await using var app = await RunningApp.Start(
            web => web.MapGet("/{what}", (IHttpContextAccessor accessor) => accessor.HttpContext!.Request.Path.Value),
            builder => builder.Services.AddHttpContextAccessor(), Forcing);
        Assert.Equal("/plain", await app.Client.GetStringAsync(new Uri("/plain", UriKind.Relative)));
        Assert.Equal("/good", PathOf(await app.SpanOf(client => Get(client, "/good", "x-obs-debug", Token))));
    }

    [Fact]
    public async Task Forcing_that_a_reload_brings_works_without_a_restart()
    {
        var live = new Dictionary<string, string?> { ["Observability:Sampling:Default:Ratio"] = "0", ["OBS_KEY"] = Secret };
        await using var app = await RunningApp.Start(web => web.MapGet("/{what}", () => "ok"), builder => builder.Configuration.AddInMemoryCollection(live));
        await Get(app.Client, "/before", "x-obs-debug", Token);
        var configuration = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in Forcing) configuration[key] = value;
        configuration.Reload();
        Assert.Equal("/after", PathOf(await app.SpanOf(client => Get(client, "/after", "x-obs-debug", Token))));
    }

    [Fact]
    public async Task Without_a_policy_that_reads_headers_no_request_is_kept_at_hand()
    {
        HttpContext? seen = new DefaultHttpContext();
        await using var app = await RunningApp.Start(web => web.MapGet("/{what}", () => { seen = new HttpContextAccessor().HttpContext; }));
        await Get(app.Client, "/plain");
        Assert.Null(seen);
    }

    [Fact]
    public async Task A_factory_of_the_application_s_own_is_not_replaced()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/{what}", () => "ok"),
            builder => builder.Services.AddSingleton<IHttpContextFactory, OwnFactory>(), Forcing);
        await Get(app.Client, "/plain");
        Assert.IsType<OwnFactory>(app.Services.GetRequiredService<IHttpContextFactory>());
    }

    private static object? PathOf(Activity span) => span.GetTagItem("url.path");

    private static async Task Get(HttpClient client, string path, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null) request.Headers.Add(header, value);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private sealed class OwnFactory(IServiceProvider services) : IHttpContextFactory
    {
        private readonly DefaultHttpContextFactory _inner = new(services);

        public HttpContext Create(IFeatureCollection featureCollection) => _inner.Create(featureCollection);

        public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);
    }
}

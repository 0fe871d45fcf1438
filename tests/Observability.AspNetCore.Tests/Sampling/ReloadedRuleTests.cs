using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observability.AspNetCore.Tests.Enrichment;

namespace Observability.AspNetCore.Tests.Sampling;

/// <summary>Rules on the request that were not there when the host was built and its switch was read.</summary>
public class ReloadedRuleTests
{
    private const string Rule = "Observability:Sampling:Rules:0:";

    [Theory]
    [InlineData("Path:0", "/secret*", "/secret/1", "/open")]
    [InlineData("Method:0", "HEAD", "HEAD /any", "/open")]
    [InlineData("Host:0", "other.example", "other.example /any", "/open")]
    public async Task A_rule_that_a_reload_brings_works_without_a_restart(string condition, string pattern, string dropped, string kept)
    {
        await using var app = await RunningApp.Start(web => web.MapFallback(() => "ok"), settings: ("Observability:Sampling:Default:Ratio", "1"));
        Assert.Equal(PathOf(dropped), (await app.SpanOf(client => Send(client, dropped))).GetTagItem("url.path"));
        var configuration = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();
        configuration[Rule + "Name"] = "late";
        configuration[Rule + condition] = pattern;
        configuration[Rule + "Parent"] = "any";
        configuration[Rule + "Drop"] = "true";
        configuration.Reload();
        await Send(app.Client, dropped);
        Assert.Equal(kept, (await app.SpanOf(client => Send(client, kept))).GetTagItem("url.path"));
        Assert.False(app.HasSpans);
    }

    /// <summary>[METHOD or host ]path</summary>
    private static async Task Send(HttpClient client, string what)
    {
        using var request = new HttpRequestMessage(what.StartsWith("HEAD ", StringComparison.Ordinal) ? HttpMethod.Head : HttpMethod.Get, PathOf(what));
        if (what.StartsWith("other", StringComparison.Ordinal)) request.Headers.Host = what.Split(' ')[0];
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private static string PathOf(string what) => what.Split(' ')[^1];
}

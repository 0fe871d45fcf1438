using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace Observability.Sampling.Tests;

/// <summary>Real requests to a real Kestrel. One class, so that the process-wide switch is set for one server at a time.</summary>
public class KestrelTests
{
    [Fact]
    public async Task Rules_on_path_method_host_and_user_agent_work_with_the_switch()
    {
        await using var app = await KestrelApp.Start(withAttributes: true, options =>
        {
            options.Annotate = true;
            options.Rules.Add(new SamplingRule { Name = "probes", Path = ["/health*", "/metrics"], Drop = true });
            options.Rules.Add(new SamplingRule { Name = "agents", UserAgent = ["kube-probe/*"], Drop = true });
            options.Rules.Add(new SamplingRule { Name = "writes", Method = ["POST"], Host = ["127.0.0.*"], Path = ["/orders/*"] });
        });
        Assert.Equal("default", await RuleOf(app, HttpMethod.Get, "/orders/1"));
        Assert.Equal("writes", await RuleOf(app, HttpMethod.Post, "/orders/1?x=/health"));
        Assert.Null(await RuleOf(app, HttpMethod.Get, "/health"));
        Assert.Null(await RuleOf(app, HttpMethod.Get, "/Health/ready?x=1"));
        Assert.Null(await RuleOf(app, HttpMethod.Get, "/metrics"));
        Assert.Null(await RuleOf(app, HttpMethod.Get, "/", "kube-probe/1.33"));
    }

    [Fact]
    public async Task Without_the_switch_a_path_is_not_known_but_a_user_agent_is_read_from_the_header()
    {
        await using var app = await KestrelApp.Start(withAttributes: false, options =>
        {
            options.Annotate = true;
            options.Rules.Add(new SamplingRule { Name = "probes", Path = ["/health*"], Drop = true });
            options.Rules.Add(new SamplingRule { Name = "agents", UserAgent = ["kube-probe/*"], Drop = true });
        });
        Assert.Equal("default", await RuleOf(app, HttpMethod.Get, "/health"));
        Assert.Null(await RuleOf(app, HttpMethod.Get, "/", "kube-probe/1.33"));
    }

    [Fact]
    public async Task The_route_template_is_never_known_to_a_rule()
    {
        await using var app = await KestrelApp.Start(withAttributes: true, options =>
        {
            options.Annotate = true;
            options.Rules.Add(new SamplingRule { Name = "route", Attributes = { ["http.route"] = "*" }, Drop = true });
        }, map: web => web.MapGet("/orders/{id}", (string id) => id));
        Assert.Equal("default", await RuleOf(app, HttpMethod.Get, "/orders/7"));
    }

    [Fact]
    public async Task A_header_and_a_baggage_entry_with_a_good_token_force_a_trace()
    {
        const string secret = "correct horse battery staple";
        await using var app = await KestrelApp.Start(withAttributes: false, options =>
        {
            options.Default.Ratio = 0;
            options.Force.Header = "x-obs-debug";
            options.Force.Baggage = "obs.force";
            options.Force.SecretEnv = "OBS_KEY";
        }, secrets: name => name == "OBS_KEY" ? secret : null);
        var token = ForceToken.Create(secret, DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(0, await Exported(app, "nothing", "here"));
        Assert.Equal(0, await Exported(app, "x-obs-debug", token[..^1] + "x"));
        Assert.Equal(1, await Exported(app, "x-obs-debug", token));
        Assert.Equal(1, await Exported(app, "baggage", $"a=b,obs.force={token}"));
    }

    [Theory]
    [InlineData(true, "http.request.method, server.address, server.port, url.path, url.scheme, user_agent.original")]
    [InlineData(false, "")]
    public async Task A_sampler_of_this_runtime_sees_these_attributes(bool withAttributes, string expected)
    {
        List<string>? seen = null;
        await using var app = await KestrelApp.Start(withAttributes, _ => { });
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                seen = options.Tags?.Select(tag => tag.Key).Order(StringComparer.Ordinal).ToList();
                return ActivitySamplingResult.PropagationData;
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/1?x=y");
        request.Headers.UserAgent.ParseAdd("test/1");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(expected, string.Join(", ", seen ?? []));
    }

    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 0)]
    public async Task A_rule_that_will_never_see_its_path_is_reported(bool withAttributes, bool withRule, int reports)
    {
        using var events = new SamplingEvents();
        await using var app = await KestrelApp.Start(withAttributes, options =>
        {
            if (withRule) options.Rules.Add(new SamplingRule { Name = "probes", Path = ["/health*"], Drop = true });
        });
        Assert.Equal(reports, events.Ids(3010).Count());
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "name")]
    [InlineData(true, "path")]
    [InlineData(true, "method")]
    [InlineData(true, "host")]
    [InlineData(true, "agent")]
    [InlineData(true, "attribute")]
    [InlineData(true, "fairness")]
    public void A_sampler_tells_whether_it_needs_the_switch(bool needed, string? what)
    {
        var options = new SamplingOptions { Rules = [new SamplingRule { Name = "rule" }] };
        if (what == "name") options.Rules[0].SpanName = ["x"];
        if (what == "path") options.Rules[0].Path = ["/x"];
        if (what == "method") options.Rules[0].Method = ["GET"];
        if (what == "host") options.Rules[0].Host = ["x"];
        if (what == "agent") options.Rules[0].UserAgent = ["x"];
        if (what == "attribute") options.Rules[0].Attributes["x"] = "y";
        if (what == "fairness") options.Fairness.MinPerMinute = 1;
        using var sampler = new SamplerFactory().Create(options);
        Assert.Equal(needed, sampler.NeedsRequestAttributes);
        Assert.Equal(needed, SamplerFactory.NeedsRequestAttributes(options));
    }

    /// <summary>The rule that kept the request's span, or null when it was dropped.</summary>
    private static async Task<string?> RuleOf(KestrelApp app, HttpMethod method, string path, string agent = "test/1")
    {
        app.Exported.Clear();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.UserAgent.ParseAdd(agent);
        using var response = await app.Client.SendAsync(request);
        await app.Idle();
        return app.Exported.SingleOrDefault()?.GetTagItem("sampling.rule") as string;
    }

    private static async Task<int> Exported(KestrelApp app, string header, string value)
    {
        app.Exported.Clear();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add(header, value);
        using var response = await app.Client.SendAsync(request);
        await app.Idle();
        return app.Exported.Count;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Observability.Sampling.Tests;

public class ValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.True(new SamplingOptionsValidator().Validate(null, new SamplingOptions()).Succeeded);

    [Fact]
    public void Every_fault_of_a_bad_configuration_is_listed_at_once()
    {
        var options = Read("""
            { "Parent": "maybe", "TrustRemote": "perhaps", "Ruels": [],
              "Rules": [
                { "Name": "", "Path": ["health"] },
                { "Name": "a", "Drop": true, "Ratio": 0.5, "Kind": "serving" },
                { "Name": "a", "Ratio": 1.5, "MaxPerSecond": 0, "Colour": "red" },
                { "Name": "default", "Burst": 5 } ],
              "Default": { "Ratio": "many", "Algorithm": "3" },
              "Fairness": { "MinPerMinute": -1 },
              "Force": { "Header": "x-debug", "SecretEnv": "NOT_SET", "MaxPerSecond": 0 },
              "Remote": { "Jaeger": "jaeger:5778", "PollMs": 1 },
              "Tail": { "MaxMiB": 0, "SlowMs": 1.5 } }
            """);
        var faults = new SamplingOptionsValidator(_ => null).Validate(null, options).Failures!.ToList();
        string[] expected =
        [
            "S:Parent is 'maybe'", "S:TrustRemote is 'perhaps'", "S:Ruels is not a setting", "S:Rules:1:Kind is 'serving'", "S:Rules:2:Colour is not a setting",
            "S:Default:Ratio is 'many'", "S:Default:Algorithm is '3'", "S:Tail:SlowMs is '1.5'",
            "Rules:0:Name is empty", "Rules:0:Path has 'health'", "Rules:1 drops and keeps", "Rules:2:Name is 'a', which another rule has",
            "Rules:2:Ratio is 1.5", "Rules:2:MaxPerSecond is 0", "Rules:3:Name is 'default'", "Rules:3:Burst stands without MaxPerSecond",
            "Fairness:MinPerMinute is -1", "Force:MaxPerSecond is 0", "Force has no secret: NOT_SET is empty", "Remote:PollMs is 1", "Remote:Jaeger is 'jaeger:5778'", "Tail:MaxMiB is 0",
        ];
        foreach (var part in expected) Assert.Contains(faults, fault => fault.Contains(part, StringComparison.Ordinal));
        Assert.Equal(expected.Length, faults.Count);
        Assert.All(faults, fault => Assert.EndsWith(".", fault));
    }

    [Fact]
    public void A_factory_refuses_bad_options_with_every_fault()
    {
        var options = new SamplingOptions { Default = { Ratio = 2 }, Limit = { MaxPerSecond = double.NaN } };
        var refused = Assert.Throws<OptionsValidationException>(() => new SamplerFactory().Create(options));
        Assert.Equal(2, refused.Failures.Count());
    }

    [Fact]
    public void The_whole_shape_is_read_from_a_section()
    {
        var options = Read("""
            { "Parent": "threshold", "TrustRemote": false, "Annotate": true, "RecordAllForMetrics": true, "ServiceName": "shop",
              "Force": { "Header": "x-obs-debug", "Baggage": "obs.force", "SecretEnv": "OBS_KEY", "MaxPerSecond": 7 },
              "Rules": [
                { "Name": "probes", "Kind": "server", "Path": ["/health*", "/metrics"], "Drop": true },
                { "Name": "pay", "Method": "POST", "Path": "/checkout/*", "Ratio": 1, "MaxPerSecond": 50, "Burst": 60, "Parent": "any", "Attributes": { "tenant": "gold*" } } ],
              "Default": { "Ratio": 0.05, "MaxPerSecond": 100, "Algorithm": "legacy" },
              "Limit": { "MaxPerSecond": 200 }, "Fairness": { "MinPerMinute": 3, "MaxOperations": 64 },
              "Remote": { "Jaeger": "http://jaeger:5778", "PollMs": 60000, "InitialRatio": 0.1 },
              "Tail": { "Enabled": true, "KeepErrors": false, "SlowMs": 750, "MaxMiB": 8, "MaxTraces": 100, "MaxAgeSeconds": 5 } }
            """);
        Assert.Empty(options.ReadingFaults);
        Assert.False(options.TrustRemote);
        Assert.Equal(["/health*", "/metrics"], options.Rules[0].Path);
        Assert.Equal(["POST"], options.Rules[1].Method);
        Assert.Equal("gold*", options.Rules[1].Attributes["tenant"]);
        Assert.Equal(RuleParent.Any, options.Rules[1].Parent);
        Assert.Equal((0.05, 100, SamplingAlgorithm.Legacy), (options.Default.Ratio, options.Default.MaxPerSecond, options.Default.Algorithm));
        Assert.Equal((3, 64), (options.Fairness.MinPerMinute, options.Fairness.MaxOperations));
        Assert.Equal((true, false, 750, 8, 100, 5), (options.Tail.Enabled, options.Tail.KeepErrors, options.Tail.SlowMs, options.Tail.MaxMiB, options.Tail.MaxTraces, options.Tail.MaxAgeSeconds));
        Assert.True(new SamplingOptionsValidator(_ => "a secret of length 20").Validate(null, options).Succeeded);
    }

    [Fact]
    public void Options_that_are_changed_after_the_sampler_was_made_change_nothing()
    {
        var options = new SamplingOptions { Rules = [new SamplingRule { Name = "drop", SpanName = ["drop"], Drop = true }] };
        using var sampler = new SamplerFactory().Create(options);
        options.Rules[0].SpanName[0] = "other";
        options.Rules.Clear();
        Assert.Equal("drop", sampler.Explain(new SamplingRequest { SpanName = "drop" }).Rule);
    }

    private static SamplingOptions Read(string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "S": {{json}} }"""));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        using var services = new ServiceCollection().AddSamplingOptions(configuration.GetSection("S")).BuildServiceProvider();
        return services.GetRequiredService<IOptionsMonitor<SamplingOptions>>().CurrentValue;
    }
}
